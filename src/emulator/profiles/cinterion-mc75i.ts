import { ok } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from '../commands/definition.ts';
import { cardNumber, fixed, kept } from '../commands/kept.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

const triesLeft: CommandDefinition = {
  name: '^SPIC',
  execute: ({ equipment }) => ok(`^SPIC: ${equipment.sim?.lock.askedTriesLeft ?? 0}`),
};

const switchOff: CommandDefinition = {
  name: '^SMSO',
  execute(context: CommandContext) {
    context.powerDown();
    return ok('^SMSO: MS OFF');
  },
};

/**
 * A module on a serial line: nothing is handed over, reports lie in SM beside the texts, the buffer is only cleared,
 * nothing arrives in ME, and texts wait for ten seconds after the PIN.
 */
export const cinterionMc75i: Profile = {
  ...generic,
  name: 'Cinterion MC75i',
  identity: {
    manufacturer: 'Cinterion',
    model: 'MC75i',
    revision: 'REVISION 03.001',
    information: ['Cinterion', 'MC75i', 'REVISION 03.001'],
  },
  settings: {
    storages: ['ME', 'ME', 'SM'],
    notifications: { mode: 0, deliver: 0, broadcast: 0, report: 0, buffer: 1 },
  },
  storages: { read: ['ME', 'SM', 'MT'], write: ['ME', 'SM', 'MT'], receive: ['SM', 'MT'] },
  capacity: { ME: 25, SR: 0 },
  characterSets: ['GSM', 'UCS2'],
  notifications: {
    mode: [0, 1, 2, 3],
    deliver: [0, 1],
    broadcast: [0, 2, 3],
    report: [0, 2],
    buffer: [1],
  },
  boot: [
    { from: 'power', afterMs: 500, text: '^SYSSTART' },
    { from: 'unlocked', afterMs: 10_000, text: '^SSIM READY' },
  ],
  timing: { simMs: 1_000, messagesMs: 10_000, registrationMs: 5_000 },
  messagesNotReady: { kind: 'cms', code: 314 },
  reports: { storage: 'SM', announced: 'SM' },
  registration: { CREG: 1, CGREG: 1, CEREG: 0 },
  cell: '"00C3","A2B4"',
  technology: 0,
  storageFull: '^SMGO: 2',
  tells: (text, { kept: values }) =>
    (text !== '^SSIM READY' || values['^SSET'] === '1') &&
    (!text.startsWith('^SMGO:') || values['^SMGO'] === '1'),
  commands: [
    triesLeft,
    switchOff,
    cardNumber('^SCID', (iccid) => `^SCID: ${iccid}`),
    kept('^SSET', '0', /^[01]$/, '(0,1)'),
    kept('^SMGO', '0,0', /^[01]$/, '(0,1)'),
    kept('^SM20', '1,1', /^[01](,[01])?$/, '(0,1),(0,1)'),
    fixed('^SBV', '^SBV: 3980'),
  ],
  lacks: ['+CCID', '+CPINR', '+CESQ', '+CEREG', '+CLAC'],
};
