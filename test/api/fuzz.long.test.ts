import { fuzz } from './fuzz.ts';

/** `npm run test:fuzz` asks more often, and other things every time. */
if (process.env.MODE === 'fuzz') fuzz({ numRuns: 20_000 }, 3_600_000);
else fuzz({ numRuns: 2_000, seed: 20_260_608, endOnFailure: true });
