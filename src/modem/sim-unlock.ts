import { type Clock, delay } from '../clock.ts';
import { enterPin, readPinState } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { Obstacle } from './obstacle.ts';
import { asking } from './optional.ts';
import type { SimDirectory } from './sim-directory.ts';
import { readIccid, readTries, triesLeft } from './sim-reading.ts';
import { type SimState, simStateOf, simStateOfRefusal } from './sim-state.ts';

/** Fewer tries than this are left to a person: the last wrong PIN locks the card. */
export const fewestTries = 2;

/** A SIM that says it is busy, or nothing yet, is asked again at this pace for this long. */
const busyRetryMs = 1_000;
const busyTries = 30;

/** What unlocking needs beside the modem. */
export interface Unlocking {
  readonly clock: Clock;
  readonly sims: SimDirectory;
  readonly identity: Pick<ModemIdentity, 'id' | 'profile'>;
  /** The PIN of the port's specification. */
  readonly hint: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Brings the SIM to READY: waits for a busy one, enters the PIN that is kept for this card, once.
 *
 * @throws Obstacle that only a person can clear
 */
export async function unlockSim(channel: AtChannel, unlocking: Unlocking): Promise<void> {
  const state = await settledState(channel, unlocking, (found) => found !== 'busy');
  if (state === 'ready') return;
  if (state === 'puk') throw await pukNeeded(channel, unlocking);
  if (state !== 'pin') throw state;
  await enterKeptPin(channel, unlocking);
  await settledState(channel, unlocking, (found) => found === 'ready');
}

/** Asks until the SIM is in a state that can be gone on from, for as long as one may be busy. */
async function settledState(
  channel: AtChannel,
  { clock, signal }: Unlocking,
  settled: (state: SimState) => boolean,
): Promise<Exclude<SimState, 'busy' | Obstacle>> {
  for (let attempt = 0; attempt < busyTries && !signal.aborted; attempt++) {
    const state = await askState(channel);
    if (state instanceof Obstacle) throw state;
    if (state !== 'busy' && settled(state)) return state;
    await delay(clock, busyRetryMs, signal);
  }
  throw new Obstacle(
    'sim_busy',
    'The SIM does not get ready. Take it out and put it back, or try it in a telephone.',
  );
}

async function askState(channel: AtChannel): Promise<SimState> {
  try {
    const words = await channel.run(readPinState, 'control');
    return words ? simStateOf(words) : 'busy';
  } catch (error) {
    if (error instanceof ModemError && error.refusal) return simStateOfRefusal(error.refusal);
    throw error;
  }
}

async function pukNeeded(channel: AtChannel, { identity }: Unlocking): Promise<Obstacle> {
  const tries = await readTries(asking(channel), 'puk', identity.profile);
  if (tries === 0) return simStateOf('PUK BLOCKED') as Obstacle;
  return new Obstacle(
    'puk_needed',
    `The SIM is locked: its PIN was entered wrongly too often. Ask the operator for its PUK, and enter it with a new PIN: postern modem ${identity.id} pin --unblock.${triesLeft(tries)}`,
    undefined,
    tries,
  );
}

async function enterKeptPin(channel: AtChannel, unlocking: Unlocking): Promise<void> {
  const { sims, identity, hint } = unlocking;
  const ask = asking(channel);
  const card = { iccid: await readIccid(ask, identity.profile), imsi: undefined };
  const choice = sims.pinFor(card, hint, identity.id);
  const tries = await readTries(ask, 'pin', identity.profile);
  const pinObstacle = (code: 'pin_needed' | 'pin_refused', message: string) =>
    new Obstacle(code, message, undefined, tries);
  const left = ` Enter it: postern modem ${identity.id} pin.${triesLeft(tries)}`;
  if (choice.kind === 'none') throw pinObstacle('pin_needed', `The SIM needs its PIN.${left}`);
  if (choice.kind === 'refused-before') {
    throw pinObstacle(
      'pin_refused',
      `The SIM refused the PIN that is kept for it, which is not tried again. It needs the right one.${left}`,
    );
  }
  if (tries !== undefined && tries < fewestTries) {
    throw pinObstacle('pin_refused', `The SIM needs its PIN, and the last try is left to a person.${left}`);
  }
  sims.pinRefused(card, choice.pin, identity.id); // until it is known to be right: a crash must not try it again
  const fate = await tryPin(channel, unlocking, choice.pin);
  if (fate === 'right') return sims.pinAccepted(card, choice.pin, identity.id);
  if (fate === 'unanswered' && tries !== undefined) sims.pinUndecided(card, choice.pin, identity.id);
  if (fate === 'unanswered') throw new ModemError('timeout', 'AT+CPIN=');
  throw new Obstacle(
    'pin_refused',
    `The SIM refused its PIN, which is not tried again by itself. Enter the right one: postern modem ${identity.id} pin.`,
  );
}

/** `unanswered`: the PIN may have been tried; it is sent again only where the modem counts the tries. */
type PinFate = 'right' | 'refused' | 'unanswered';

/** SIM busy, as +CME and as +CMS have it. */
export const simBusyCodes: ReadonlySet<number | undefined> = new Set([14, 314]);

/** A SIM that is busy has not looked at the PIN: it gets it once more, and what it says then counts. */
async function tryPin(channel: AtChannel, { clock, signal }: Unlocking, pin: string): Promise<PinFate> {
  const first = await enterOnce(channel, pin);
  if (first !== 'busy') return first;
  await delay(clock, busyRetryMs, signal);
  const second = await enterOnce(channel, pin);
  return second === 'busy' ? 'refused' : second;
}

async function enterOnce(channel: AtChannel, pin: string): Promise<PinFate | 'busy'> {
  try {
    await channel.run(enterPin(pin), 'control');
    return 'right';
  } catch (error) {
    if (!(error instanceof ModemError)) throw error;
    if (simBusyCodes.has(error.refusal?.code) && error.refusal) return 'busy';
    return error.code === 'refused' ? 'refused' : 'unanswered';
  }
}
