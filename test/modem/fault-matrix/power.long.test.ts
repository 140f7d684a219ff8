import { power } from './kinds.ts';
import { allOtherFamilies, matrix } from './matrix.ts';

matrix(power, allOtherFamilies);
