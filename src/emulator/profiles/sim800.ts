import { ok } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { cardNumber, kept } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** PIN, PIN2, PUK, PUK2, in this order. */
const triesLeft: CommandDefinition = {
  name: '+SPIC',
  execute({ equipment }) {
    const lock = equipment.sim?.lock;
    return ok(`+SPIC: ${lock?.pinTriesLeft ?? 0},3,${lock?.pukTriesLeft ?? 0},10`);
  },
};

/** A 2G module: one storage, reports only handed on (ds 0 or 1), ERROR until it has said `SMS Ready`. */
export const sim800: Profile = {
  ...generic,
  name: 'SIMCom SIM800',
  identity: {
    manufacturer: 'SIMCOM_Ltd',
    model: 'SIMCOM_SIM800L',
    revision: 'Revision:1418B05SIM800L24',
    information: ['SIM800 R14.18'],
  },
  settings: { notifications: { mode: 2, deliver: 1, broadcast: 0, report: 0, buffer: 0 } },
  storages: { read: ['SM'], write: ['SM'], receive: ['SM'] },
  characterSets: ['IRA', 'GSM', 'UCS2', 'HEX', 'PCCP', 'PCDN', '8859-1'],
  notifications: {
    mode: [0, 1, 2, 3],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 2],
    report: [0, 1],
    buffer: [0, 1],
  },
  boot: [
    { from: 'power', afterMs: 500, text: 'RDY' },
    { from: 'power', afterMs: 700, text: '+CFUN: 1' },
    { from: 'unlocked', afterMs: 0, text: '+CPIN: READY' },
    { from: 'unlocked', afterMs: 3_000, text: 'Call Ready' },
    { from: 'unlocked', afterMs: 5_000, text: 'SMS Ready' },
  ],
  timing: { simMs: 3_000, messagesMs: 5_000, registrationMs: 4_000 },
  unknownCommand: { kind: 'cme', code: 100 },
  emptyPlace: { kind: 'ok' },
  messagesNotReady: { kind: 'error' },
  registration: { CREG: 1, CGREG: 1, CEREG: 0 },
  cell: '"00C3","A2B4"',
  technology: 0,
  simGone: '+CPIN: NOT READY',
  commands: [
    triesLeft,
    cardNumber('+CCID', (iccid) => iccid.padEnd(20, 'f')),
    kept('+DDET', '0', /^[01]$/, '(0,1)'),
    kept('+CSCLK', '0', /^[012]$/, '(0-2)'),
    kept('+CSMINS', '0,1', /^[01]$/, '(0,1)'),
    kept('+EXUNSOL', '', /^\w+,[01]$/, '("SQ","FN","MW","UR","BC","BM","SM","CC")'),
  ],
  lacks: ['+CLAC', '+CPINR', '+CESQ', '+CEREG'],
};
