import { surviveKills } from './kills.ts';

surviveKills(3, 600_000);
