import { ok } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { cardNumber, fixed, kept, restarting } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** PIN, PUK, PIN2, PUK2: the same name as on a SIM800, in another order. */
const triesLeft: CommandDefinition = {
  name: '+SPIC',
  execute({ equipment }) {
    const lock = equipment.sim?.lock;
    return ok(`+SPIC: ${lock?.pinTriesLeft ?? 0},${lock?.pukTriesLeft ?? 0},3,10`);
  },
};

const storageNames = ['ME', 'MT', 'SM', 'SR'];

/** An LTE module: errors in words by default, ERROR until it has said `SMS DONE`, lines of its own for calls. */
export const sim7600: Profile = {
  ...generic,
  name: 'SIMCom SIM7600',
  identity: {
    manufacturer: 'SIMCOM INCORPORATED',
    model: 'SIMCOM_SIM7600G-H',
    revision: '+CGMR: LE20B03SIM7600G22',
    information: [
      'Manufacturer: SIMCOM INCORPORATED',
      'Model: SIMCOM_SIM7600G-H',
      'Revision: LE20B03SIM7600G22',
      'IMEI: {imei}',
      '+GCAP: +CGSM',
    ],
  },
  usb: {
    vendorId: '1e0e',
    productId: '9001',
    ports: [
      { interface: 0, role: 'diagnostic' },
      { interface: 1, role: 'position' },
      { interface: 2, role: 'main' },
      { interface: 3, role: 'second' },
    ],
  },
  settings: {
    errors: 2,
    storages: ['ME', 'ME', 'ME'],
    notifications: { mode: 2, deliver: 1, broadcast: 0, report: 0, buffer: 0 },
  },
  storages: { read: storageNames, write: storageNames, receive: storageNames },
  capacity: { ME: 23, SR: 20 },
  firstIndex: 0,
  characterSets: ['IRA', 'GSM', 'UCS2'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  boot: [
    { from: 'power', afterMs: 500, text: 'START' },
    { from: 'unlocked', afterMs: 0, text: '+CPIN: READY' },
    { from: 'unlocked', afterMs: 4_000, text: 'SMS DONE' },
    { from: 'unlocked', afterMs: 6_000, text: 'PB DONE' },
  ],
  timing: { simMs: 3_000, messagesMs: 4_000, registrationMs: 5_000 },
  messagesNotReady: { kind: 'error' },
  registration: { CREG: 1, CGREG: 1, CEREG: 1 },
  cell: '19C9,637A219',
  technology: 7,
  missedCall: ['VOICE CALL: END', 'NO CARRIER', 'MISSED_CALL: 08:15AM'],
  simGone: '+CPIN: NOT READY',
  awayAtRestartMs: 12_000,
  storageFull: '+SMS FULL',
  commands: [
    triesLeft,
    cardNumber('+CICCID', (iccid) => `+ICCID: ${iccid}`),
    fixed('+CPSI', '+CPSI: LTE,Online,001-01,0x19C9,104313681,291,EUTRAN-BAND3,1675,4,4,-93,-1006,-731,14'),
    kept('+CNMP', '2', /^(2|13|14|38|39|48|51|54|60|63|67)$/, '(2,13,14,38,39,48,51,54,60,63,67)'),
    restarting('+CRESET'),
  ],
  lacks: ['+CCID', '+CPINR'],
};
