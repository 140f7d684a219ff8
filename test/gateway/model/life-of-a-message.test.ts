import { liveThrough } from './lives.ts';

liveThrough({ count: 2, seed: 949_924, mostHappenings: 40, shrinks: false, limitMs: 600_000 });
