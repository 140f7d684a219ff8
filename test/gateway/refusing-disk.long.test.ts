import { hourMs, refuseFor } from './refusing-disk.ts';

refuseFor(3 * hourMs);
