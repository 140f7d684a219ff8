import { surviveSoaking } from './soak.ts';

surviveSoaking({
  modems: 4,
  happenings: 25,
  withLongFaults: false,
  limitMs: 600_000,
  evidenceSeconds: 5,
  seed: 635_118,
});
