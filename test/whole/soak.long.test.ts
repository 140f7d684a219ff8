import { surviveSoaking } from './soak.ts';

/** `npm run test:soak` takes its time, with faults that take theirs. */
const long = process.env.MODE === 'soak';

surviveSoaking({
  modems: 16,
  happenings: long ? 3_000 : 250,
  withLongFaults: long,
  limitMs: long ? 1_800_000 : 600_000,
  seed: long ? undefined : 241_388,
});
