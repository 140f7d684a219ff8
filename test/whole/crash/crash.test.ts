import { surviveKills } from './kills.ts';

surviveKills(4, 600_000);
