import { surviveKills } from './kills.ts';

/** `npm run test:crash` takes its time. */
const long = process.env.MODE === 'crash';

surviveKills(long ? 200 : 30, long ? 1_800_000 : 600_000);
