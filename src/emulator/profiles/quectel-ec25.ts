import { error, ok } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from '../commands/definition.ts';
import { cardNumber, fixed, kept } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

const triesLeft: CommandDefinition = {
  name: '+QPINC',
  set({ equipment }, parameters) {
    if (parameters.text(0) !== 'SC' || !equipment.sim) throw error();
    const { pinTriesLeft, pukTriesLeft } = equipment.sim.lock;
    return ok(`+QPINC: "SC",${pinTriesLeft},${pukTriesLeft}`);
  },
};

/** Which port unsolicited lines come out of: the main one is `usbat`, the second `usbmodem`. */
const unsolicitedPort: CommandDefinition = {
  name: '+QURCCFG',
  test: () => ok('+QURCCFG: "urcport",("usbat","usbmodem","uart1","all")'),
  set({ settings }, parameters) {
    if (parameters.text(0).toLowerCase() !== 'urcport') throw error();
    if (!parameters.has(1)) return ok(`+QURCCFG: "urcport","${settings.kept['+QURCCFG'] ?? 'usbat'}"`);
    const port = parameters.text(1).toLowerCase();
    if (!['usbat', 'usbmodem', 'uart1', 'all'].includes(port)) throw error();
    settings.kept['+QURCCFG'] = port;
    return ok();
  },
};

/** It says `POWERED DOWN` once it has left the network; the port goes with it. */
const powerDown: CommandDefinition = {
  name: '+QPOWD',
  execute: turnOff,
  set: turnOff,
};

function turnOff(context: CommandContext) {
  context.powerDown();
  return ok();
}

const storageNames = ['SM', 'ME', 'MT'];

/**
 * An LTE module: texts arrive in ME, +CDSI names a storage where the report does not lie, unsolicited lines go to the
 * port that AT+QURCCFG says, and message commands wait for `+QIND: SMS DONE`.
 */
export const quectelEc25: Profile = {
  ...generic,
  name: 'Quectel EC25',
  identity: {
    manufacturer: 'Quectel',
    model: 'EC25',
    revision: 'EC25EFAR06A10M4G',
    information: ['Quectel', 'EC25', 'Revision: EC25EFAR06A10M4G'],
  },
  usb: {
    vendorId: '2c7c',
    productId: '0125',
    ports: [
      { interface: 0, role: 'diagnostic' },
      { interface: 1, role: 'position' },
      { interface: 2, role: 'main' },
      { interface: 3, role: 'second' },
    ],
  },
  settings: {
    storages: ['ME', 'ME', 'ME'],
    notifications: { mode: 2, deliver: 1, broadcast: 0, report: 0, buffer: 0 },
  },
  storages: { read: [...storageNames, 'SR'], write: storageNames, receive: storageNames },
  capacity: { ME: 255, SR: 50 },
  firstIndex: 0,
  characterSets: ['GSM', 'IRA', 'UCS2'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  boot: [
    { from: 'power', afterMs: 500, text: 'RDY' },
    { from: 'power', afterMs: 800, text: '+CFUN: 1' },
    { from: 'unlocked', afterMs: 0, text: '+CPIN: READY' },
    { from: 'unlocked', afterMs: 200, text: '+QUSIM: 1' },
    { from: 'unlocked', afterMs: 3_000, text: '+QIND: SMS DONE' },
    { from: 'unlocked', afterMs: 5_000, text: '+QIND: PB DONE' },
  ],
  timing: { simMs: 3_000, messagesMs: 3_000, registrationMs: 4_000 },
  emptyPlace: { kind: 'ok' },
  reports: { storage: 'SR', announced: 'SM' },
  registration: { CREG: 1, CGREG: 1, CEREG: 1 },
  cell: '"00C3","1A2B403",7',
  technology: 7,
  simGone: '+CPIN: NOT READY',
  awayAtRestartMs: 8_000,
  tells: (_text, settings) => ['usbat', 'all'].includes(settings.kept['+QURCCFG'] ?? 'usbat'),
  tellsSecond: (_text, settings) => ['usbmodem', 'all'].includes(settings.kept['+QURCCFG'] ?? 'usbat'),
  commands: [
    unsolicitedPort,
    triesLeft,
    powerDown,
    cardNumber('+QCCID', (iccid) => `+QCCID: ${iccid.padEnd(20, 'F')}`),
    cardNumber('+CCID', (iccid) => `+CCID: ${iccid.padEnd(20, 'F')}`),
    fixed('+QCSQ', '+QCSQ: "LTE",-65,-95,120,-11'),
    fixed('+QNWINFO', '+QNWINFO: "FDD LTE","00101","LTE BAND 3",1300'),
    fixed('+QGMR', 'EC25EFAR06A10M4G_01.001.01.001'),
    kept('+QCFG', '', /^\w+(\/\w+)?(,\w+)*$/, '"nwscanmode",(0-3)'),
    kept('+QINDCFG', '', /^\w+(,[01]){0,2}$/, '"smsfull",(0,1)'),
    kept('+QSIMSTAT', '0,1', /^[01]$/, '(0,1)'),
  ],
  lacks: ['+CPINR'],
};
