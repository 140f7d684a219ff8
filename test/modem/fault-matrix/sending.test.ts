import { sendingFaults } from '../../../src/emulator/index.ts';
import { matrix } from './matrix.ts';

matrix('a fault in sending', sendingFaults, {
  // The network never has the text, and nothing in the world tells so.
  'hang-before-send': { mayStayUnknown: true },
});
