import { powerFaults } from '../../../src/emulator/index.ts';
import { matrix } from './matrix.ts';

/** Until the restart is noticed, at the latest when the result is overdue, reports come to a modem that tells nothing. */
const forgotten = { mayStaySent: true, mayStayUnknown: true };

matrix('a fault of power, SIM or network', powerFaults, {
  reboot: forgotten,
  'silent-reboot': forgotten,
});
