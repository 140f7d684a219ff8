import { sendingFaults } from '../../../src/emulator/index.ts';
import { matrix } from './matrix.ts';

/** Where reports are stored they cannot be read while the result is awaited: too late for the parts of a long text. */
const readLate = { mayEndLongTexts: true };

matrix('a fault in sending', sendingFaults, {
  // The network never has the text, and nothing in the world tells so.
  'hang-before-send': { mayStayUnknown: true },
  'hang-after-send': readLate,
  'lose-result': readLate,
});
