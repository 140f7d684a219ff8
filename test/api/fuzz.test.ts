import { fuzz } from './fuzz.ts';

/** The same requests each time; `npm run test:long` makes more, and others. */
fuzz({ numRuns: 400, seed: 20_260_611, endOnFailure: true });
