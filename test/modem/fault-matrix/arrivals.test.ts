import { arrivalFaults } from '../../../src/emulator/index.ts';
import { matrix } from './matrix.ts';

matrix('a fault with what arrives', arrivalFaults, {});
