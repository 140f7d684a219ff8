import { hourMs, refuseFor } from './refusing-disk.ts';

refuseFor(hourMs / 3);
