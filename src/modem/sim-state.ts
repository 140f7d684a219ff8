import type { Refusal } from '../gsm/at/final-result.ts';
import { Obstacle } from './obstacle.ts';

/**
 * Where a SIM stands, by what `AT+CPIN?` brought: TS 27.007 8.3. `busy` is what passes by itself; an obstacle is for a
 * person.
 */
export type SimState = 'ready' | 'pin' | 'puk' | 'busy' | Obstacle;

const absent = new Obstacle('no_sim', 'There is no SIM in the modem. Put one in.');
const broken = new Obstacle(
  'sim_failure',
  'The modem cannot read the SIM. Take it out, wipe its contacts and put it back.',
);
const wrong = new Obstacle('sim_failure', 'The modem refuses this SIM (wrong SIM).');
const dead = new Obstacle('sim_failure', 'The SIM is blocked for good. Ask the operator for a new one.');

/** What a modem can be locked to, by the words before its PIN and PUK. */
const locks: Readonly<Record<string, string>> = {
  'PH-SIM': 'to another SIM',
  'PH-FSIM': 'to the first SIM that was ever put into it',
  'PH-NET': 'to another operator',
  'PH-NETSUB': "to some of an operator's SIMs",
  'PH-SP': 'to another service provider',
  'PH-CORP': 'to the SIMs of a company',
};

/** The second PIN and its PUK stop no text, so they count as ready. */
const states: Readonly<Record<string, SimState>> = {
  READY: 'ready',
  'SIM PIN': 'pin',
  'SIM PUK': 'puk',
  'SIM PIN2': 'ready',
  'SIM PUK2': 'ready',
  'NOT READY': 'busy',
  'SIM BUSY': 'busy',
  'NOT INSERTED': absent,
  'SIM NOT INSERTED': absent,
  'NO SIM': absent,
  'SIM REMOVED': absent,
  'SIM FAILURE': broken,
  'SIM WRONG': wrong,
  'SIM BLOCKED': dead,
  'PUK BLOCKED': dead,
};

/** The state that these words stand for; unknown ones are told to a person as they came. */
export function simStateOf(words: string): SimState {
  const name = words.trim().toUpperCase();
  const known = Object.hasOwn(states, name) ? states[name] : undefined;
  return known ?? lockState(name) ?? new Obstacle('sim_locked', `The SIM is not ready (${name}).`);
}

function lockState(name: string): Obstacle | undefined {
  const [, kind = '', code] = /^(PH-\w+) (PIN|PUK)$/.exec(name) ?? [];
  const to = Object.hasOwn(locks, kind) ? locks[kind] : undefined;
  if (!to) return undefined;
  const help = 'Use such a SIM, or ask who sold the modem for its unlock code.';
  return new Obstacle(
    'sim_locked',
    code === 'PUK'
      ? `The modem is locked ${to}, and its code was entered wrongly too often. ${help}`
      : `The modem is locked ${to}. ${help}`,
  );
}

/** Refusals that say in a number what others say in words: +CME as in TS 27.007 9.2, +CMS as in TS 27.005 3.2.5. */
const refusalStates: Readonly<Record<number, string>> = {
  5: 'PH-SIM PIN',
  6: 'PH-FSIM PIN',
  7: 'PH-FSIM PUK',
  10: 'NOT INSERTED',
  12: 'SIM PUK',
  13: 'SIM FAILURE',
  15: 'SIM WRONG',
  17: 'SIM PIN2',
  18: 'SIM PUK2',
  40: 'PH-NET PIN',
  41: 'PH-NET PUK',
  42: 'PH-NETSUB PIN',
  43: 'PH-NETSUB PUK',
  44: 'PH-SP PIN',
  45: 'PH-SP PUK',
  46: 'PH-CORP PIN',
  47: 'PH-CORP PUK',
  310: 'NOT INSERTED',
  312: 'PH-SIM PIN',
  313: 'SIM FAILURE',
  315: 'SIM WRONG',
  316: 'SIM PUK',
  317: 'SIM PIN2',
  318: 'SIM PUK2',
};

/** The state that a refusal of `AT+CPIN?` shows; one that no table has may pass by itself. */
export function simStateOfRefusal({ code }: Pick<Refusal, 'code'>): SimState {
  const words = code === undefined ? undefined : refusalStates[code];
  return words === undefined ? 'busy' : simStateOf(words);
}
