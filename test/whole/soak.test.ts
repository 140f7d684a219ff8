import { surviveSoaking } from './soak.ts';

surviveSoaking({ happenings: 80, withLongFaults: false, limitMs: 600_000, seed: 635_118 });
