import { line } from './kinds.ts';
import { allOtherFamilies, matrix } from './matrix.ts';

matrix(line, allOtherFamilies);
