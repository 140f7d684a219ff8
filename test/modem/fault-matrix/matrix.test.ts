import { arrivals, line, power, sending } from './kinds.ts';
import { matrix, someFamilies } from './matrix.ts';

/** Every fault, and every family with some of them; `npm run test:long` has the other pairs. */
for (const kind of [arrivals, line, power, sending]) matrix(kind, someFamilies);
