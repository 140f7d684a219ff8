import { error, ok } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { cardNumber, restarting } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

const triesLeft: CommandDefinition = {
  name: '+CPINC',
  read({ equipment }) {
    const lock = equipment.sim?.lock;
    return ok(`+CPINC: ${lock?.pinTriesLeft ?? 0},3,${lock?.pukTriesLeft ?? 0},10`);
  },
};

/** The maker's word that opens the maker's commands. */
const entrance: CommandDefinition = {
  name: '!ENTERCND',
  set({ settings }, parameters) {
    if (parameters.text(0) !== 'A710') throw error();
    settings.kept['!ENTERCND'] = '1';
    return ok();
  },
};

const temperature: CommandDefinition = { name: '!PCTEMP', read: () => ok('Temperature: 31.00') };

const storageNames = ['ME', 'MT', 'SM', 'SR'];

/** An LTE module on a Qualcomm chip: it lists +CNMI values that it refuses, and restarts for long. */
export const sierraMc7304: Profile = {
  ...generic,
  name: 'Sierra MC7304',
  identity: {
    manufacturer: 'Sierra Wireless, Incorporated',
    model: 'MC7304',
    revision: 'SWI9X15C_05.05.58.00 r27038 carmd-fwbuild1 2015/03/04 21:30:23',
    information: [
      'Manufacturer: Sierra Wireless, Incorporated',
      'Model: MC7304',
      'Revision: SWI9X15C_05.05.58.00 r27038 carmd-fwbuild1 2015/03/04 21:30:23',
      'IMEI: {imei}',
      '+GCAP: +CGSM',
    ],
  },
  usb: {
    vendorId: '1199',
    productId: '68c0',
    ports: [
      { interface: 0, role: 'diagnostic' },
      { interface: 2, role: 'position' },
      { interface: 3, role: 'main' },
    ],
  },
  settings: { storages: ['ME', 'ME', 'ME'] },
  storages: { read: storageNames, write: storageNames, receive: storageNames },
  capacity: { ME: 255, SR: 50 },
  firstIndex: 0,
  characterSets: ['IRA', 'GSM', 'UCS2'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  refusesNotifications: ({ mode, report }) => mode === 2 || report === 1,
  timing: { simMs: 2_000, messagesMs: 3_000, registrationMs: 6_000 },
  registration: { CREG: 1, CGREG: 1, CEREG: 1 },
  cell: '"00C3","1A2B403",7',
  technology: 7,
  awayAtRestartMs: 20_000,
  commands: [
    triesLeft,
    entrance,
    temperature,
    cardNumber('!ICCID', (iccid) => `!ICCID: ${iccid}`),
    restarting('!RESET'),
  ],
  lacks: ['+CCID', '+CPINR'],
};
