import { arrivalFaults, lineFaults, powerFaults, sendingFaults } from '../../../src/emulator/index.ts';
import type { Kind } from './matrix.ts';

/** The report comes again when the port was opened anew: too late for the parts of a long text. */
const hung = { mayEndLongTexts: true };
/** The modem acknowledges a report and gives it to a host that does not understand it. */
const unheard = { mayStaySent: true, mayStayUnknown: true };
/** A report that was due meanwhile is never told: which texts had left by then is a matter of moments. */
const dumb = { mayStaySent: true };
/** Until the restart is noticed, at the latest when the result is overdue, reports come to a modem that tells nothing. */
const forgotten = { mayStaySent: true, mayStayUnknown: true };

export const arrivals: Kind = { name: 'a fault with what arrives', faults: arrivalFaults, leeways: {} };

export const line: Kind = {
  name: 'a fault of the line',
  faults: lineFaults,
  leeways: {
    hang: dumb,
    'hang-until-opened': hung,
    // Until a person is there the time for evidence is over.
    'hang-until-unplugged': { ...dumb, mayStayUnknown: true, needsAPerson: true },
    'hang-port': unheard,
    garble: unheard,
  },
};

export const power: Kind = {
  name: 'a fault of power, SIM or network',
  faults: powerFaults,
  leeways: { reboot: forgotten, 'silent-reboot': forgotten },
};

export const sending: Kind = {
  name: 'a fault in sending',
  faults: sendingFaults,
  // The network never has the text, and nothing in the world tells so.
  leeways: { 'hang-before-send': { mayStayUnknown: true } },
};
