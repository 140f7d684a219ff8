import { surviveSoaking } from './soak.ts';

surviveSoaking({
  modems: 6,
  happenings: 40,
  withLongFaults: false,
  limitMs: 600_000,
  evidenceSeconds: 5,
  seed: 635_118,
});
