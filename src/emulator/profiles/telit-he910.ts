import { ok } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { cardNumber, kept, restarting } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

const triesLeft: CommandDefinition = {
  name: '#PCT',
  execute: ({ equipment }) => ok(`#PCT: ${equipment.sim?.lock.askedTriesLeft ?? 0}`),
};

/** A hardware restart: at once, or so many minutes later, which is more than anybody waits for here. */
const enhancedReset: CommandDefinition = {
  name: '#ENHRST',
  test: () => ok('#ENHRST: (0-2),(0-2880)'),
  set(context, parameters) {
    const mode = parameters.integer(0, [0, 1, 2]);
    const minutes = parameters.integer(1, { from: 0, to: 2_880 }, 0);
    if (mode > 0 && minutes === 0) context.restart();
    return ok();
  },
};

const storageNames = ['SM', 'ME'];

/** A module with an empty <alpha> in quotes, which takes ds=2 of +CNMI and then tells of no report. */
export const telitHe910: Profile = {
  ...generic,
  name: 'Telit HE910',
  identity: {
    manufacturer: 'Telit',
    model: 'HE910-D',
    revision: '12.00.004',
    information: ['332'],
  },
  usb: {
    vendorId: '1bc7',
    productId: '0021',
    ports: [
      { interface: 0, role: 'main' },
      { interface: 6, role: 'second' },
    ],
  },
  settings: { storages: ['ME', 'ME', 'ME'] },
  storages: { read: storageNames, write: storageNames, receive: storageNames },
  capacity: { ME: 100, SR: 50 },
  characterSets: ['GSM', 'IRA', '8859-1', 'PCCP437', 'UCS2'],
  notifications: {
    mode: [0, 1, 2, 3],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2, 3],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  alpha: '""',
  timing: { simMs: 1_000, messagesMs: 2_000, registrationMs: 4_000 },
  reports: { storage: 'SR', announced: undefined },
  cell: '"00C3","001A2B40",2',
  awayAtRestartMs: 10_000,
  commands: [
    triesLeft,
    enhancedReset,
    cardNumber('#CCID', (iccid) => `#CCID: ${iccid}`),
    cardNumber('+CCID', (iccid) => `+CCID: ${iccid}`),
    kept('#SELINT', '2', /^[0-2]$/, '(0-2)'),
    kept('#SMSMODE', '0', /^[01]$/, '(0,1)'),
    kept('#QSS', '0', /^[0-2]$/, '(0-2)'),
    restarting('#REBOOT'),
  ],
  lacks: ['+CPINR', '+CESQ', '+CEREG'],
};
