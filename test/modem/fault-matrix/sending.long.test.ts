import { sending } from './kinds.ts';
import { allOtherFamilies, matrix } from './matrix.ts';

matrix(sending, allOtherFamilies);
