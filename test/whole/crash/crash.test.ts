import { surviveKills } from './kills.ts';

surviveKills(6, 600_000);
