import { lineFaults } from '../../../src/emulator/index.ts';
import { matrix } from './matrix.ts';

/** The report comes again when the port was opened anew: too late for the parts of a long text. */
const hung = { mayEndLongTexts: true };
/** The modem acknowledges a report and gives it to a host that does not understand it. */
const unheard = { mayStaySent: true, mayStayUnknown: true };

matrix('a fault of the line', lineFaults, {
  'hang-until-opened': hung,
  // Until a person is there the time for evidence is over.
  'hang-until-unplugged': { mayStayUnknown: true, needsAPerson: true },
  'hang-port': unheard,
  garble: unheard,
});
