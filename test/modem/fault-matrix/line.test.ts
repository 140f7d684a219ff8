import { lineFaults } from '../../../src/emulator/index.ts';
import { matrix } from './matrix.ts';

/** Half a minute after the hang is over the network sends the report again: too late for the parts of a long text. */
const hung = { mayEndLongTexts: true };
/** The modem acknowledges a report and gives it to a host that does not understand it. */
const unheard = { mayStaySent: true, mayStayUnknown: true };

matrix('a fault of the line', lineFaults, {
  hang: hung,
  'hang-until-opened': hung,
  // Reports come to a modem fresh from its start before it is told what to do with them.
  'hang-until-unplugged': { mayStaySent: true, mayStayUnknown: true, needsAPerson: true },
  'hang-port': unheard,
  garble: unheard,
});
