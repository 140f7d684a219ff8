import { ok, type Result } from '../at/reply.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { fixed, kept } from '../commands/kept.ts';
import { preferredStorages } from '../commands/preferred-storages.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** Said to everything while the module starts, whatever AT+CMEE says. */
const starting: Result = { kind: 'words', words: '+CME ERROR: 515' };

/** Full functionality is a restart here. */
const functionality: CommandDefinition = {
  name: '+CFUN',
  test: () => ok('+CFUN: (0,1),(0,1)'),
  read: ({ equipment }) => ok(`+CFUN: ${equipment.radio.functionality}`),
  set(context, parameters) {
    const level = parameters.integer(0, [0, 1]);
    parameters.integer(1, [0, 1], 0);
    if (level === 1) context.restart();
    else context.equipment.radio.setFunctionality(0);
    return ok();
  },
};

const triesLeft: CommandDefinition = {
  name: '+CPINC',
  read({ equipment }) {
    const lock = equipment.sim?.lock;
    return ok(`+CPINC: ${lock?.pinTriesLeft ?? 0},3,${lock?.pukTriesLeft ?? 0},10`);
  },
};

/**
 * A serial 2G modem of the Q24 kind: blanks before its identity, two storages to a +CPMS whose test has doubled
 * brackets, no OK behind +CPIN, and 515 to everything for some seconds after a start.
 */
export const wavecom: Profile = {
  ...generic,
  name: 'Wavecom',
  identity: {
    manufacturer: ' WAVECOM MODEM',
    model: ' MULTIBAND  900E  1800',
    revision: '641b09gg.Q2403A 1320676 061804 14:38',
    information: [' WAVECOM MODEM', ' MULTIBAND  900E  1800'],
  },
  storages: { read: ['SM', 'BM', 'SR'], write: ['SM'], receive: ['SM'] },
  characterSets: ['GSM', 'PCCP437', 'CUSTOM', 'HEX'],
  notifications: {
    mode: [0, 1, 2],
    deliver: [0, 1, 2, 3],
    broadcast: [0, 1, 2, 3],
    report: [0, 1, 2],
    buffer: [0, 1],
  },
  boot: [{ from: 'unlocked', afterMs: 2_000, text: '+WIND: 4' }],
  timing: { simMs: 2_000, messagesMs: 2_000, registrationMs: 3_000 },
  starting: { forMs: 2_000, result: starting },
  registration: { CREG: 1, CGREG: 1, CEREG: 0 },
  cell: '"00C3","A2B4"',
  technology: 0,
  missedCall: ['NO CARRIER', '+WIND: 6,1'],
  pinWithoutOk: true,
  tells: (text, settings) => !text.startsWith('+WIND:') || settings.kept['+WIND'] !== '0',
  commands: [
    functionality,
    triesLeft,
    preferredStorages({ count: 2, invalid: { kind: 'error' }, test: () => '(("SM","BM","SR"),("SM"))' }),
    kept('+WIND', '0', /^\d{1,3}$/, '(0-255)'),
    kept('+WOPEN', '0', /^[0-6]$/, '(0-6)'),
    fixed('+WHWV', 'Hardware Version 4.14'),
  ],
  lacks: ['+CLAC', '+CPINR', '+CESQ', '+CEREG', '+CGSMS', '+CTZU', '+CTZR'],
};
