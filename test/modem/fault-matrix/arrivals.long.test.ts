import { arrivals } from './kinds.ts';
import { allOtherFamilies, matrix } from './matrix.ts';

matrix(arrivals, allOtherFamilies);
