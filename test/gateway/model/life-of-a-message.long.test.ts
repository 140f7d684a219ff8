import { liveThrough } from './lives.ts';

/** `npm run test:model` takes its time: many long lives. */
if (process.env.MODE === 'model') {
  liveThrough({ count: 300, mostHappenings: 120, shrinks: true, limitMs: 7_200_000 });
} else {
  liveThrough({ count: 12, seed: 386_697, mostHappenings: 40, shrinks: false, limitMs: 600_000 });
}
