import { ok } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from '../commands/definition.ts';
import { cardNumber, kept } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** PIN, PIN2, PUK, PUK2. */
const triesLeft: CommandDefinition = {
  name: '+UPINCNT',
  execute({ equipment }) {
    const lock = equipment.sim?.lock;
    return ok(`+UPINCNT: ${lock?.pinTriesLeft ?? 0},3,${lock?.pukTriesLeft ?? 0},10`);
  },
};

/** 15 and 16 restart it, the former without telling the network. */
const functionality: CommandDefinition = {
  name: '+CFUN',
  test: () => ok('+CFUN: (0,1,4,15,16),(0,1)'),
  read: ({ equipment }) => ok(`+CFUN: ${equipment.radio.functionality}`),
  set(context, parameters) {
    const level = parameters.integer(0, [0, 1, 4, 15, 16]);
    const restarts = parameters.integer(1, [0, 1], 0) === 1 || level > 4;
    if (restarts) context.restart();
    else context.equipment.radio.setFunctionality(level);
    return ok();
  },
};

const powerOff: CommandDefinition = {
  name: '+CPWROFF',
  execute(context: CommandContext) {
    context.powerDown();
    return ok();
  },
};

const storageNames = ['BM', 'ME', 'MT', 'SM', 'SR'];

/** A module that keeps to the standards, with counters, restarts and power of its own. */
export const uBloxSara: Profile = {
  ...generic,
  name: 'u-blox SARA-U201',
  identity: {
    manufacturer: 'u-blox',
    model: 'SARA-U201',
    revision: '23.60',
    information: ['SARA-U201-04S-00'],
  },
  usb: {
    vendorId: '1546',
    productId: '1102',
    ports: [
      { interface: 0, role: 'main' },
      { interface: 2, role: 'second' },
    ],
  },
  settings: { storages: ['ME', 'ME', 'ME'] },
  storages: {
    read: storageNames,
    write: ['ME', 'MT', 'SM'],
    receive: ['ME', 'MT', 'SM'],
  },
  capacity: { ME: 350, SR: 20 },
  characterSets: ['IRA', 'GSM', 'PCCP437', '8859-1', 'UCS2', 'HEX'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 1, 2, 3],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  timing: { simMs: 2_000, messagesMs: 2_000, registrationMs: 4_000 },
  cell: '"00C3","001A2B40",2',
  awayAtRestartMs: 8_000,
  commands: [
    triesLeft,
    functionality,
    powerOff,
    cardNumber('+CCID', (iccid) => `+CCID: ${iccid}`),
    kept('+UPSV', '0', /^[0-3](,\d+)?$/, '(0-3),(40-65000)'),
    kept('+URAT', '1,2', /^[0-2](,[02])?$/, '(0-2),(0,2)'),
  ],
  lacks: ['+CPINR', '+CEREG'],
};
