import { type Clock, delay } from '../clock.ts';
import { codeTriesWays } from '../gsm/at/code-tries.ts';
import {
  enterPin,
  readIccidFile,
  readIccidWays,
  readImsi,
  readOwnNumber,
  readPinState,
} from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { normaliseIccid } from './iccid.ts';
import { ModemError } from './modem-error.ts';
import { Obstacle } from './obstacle.ts';
import { optional } from './optional.ts';
import { generic, type Profile } from './profiles/index.ts';
import type { SimDirectory, SimIdentity } from './sim-directory.ts';

/** Fewer tries than this are left to a person: the last wrong PIN locks the card. */
const fewestTries = 2;

/** A SIM that says it is busy, or nothing yet, is asked again at this pace for this long. */
const busyRetryMs = 1_000;
const busyTries = 30;

/** How a PIN state other than READY is told to a person. */
const lockedStates: Readonly<Record<string, Obstacle>> = {
  'SIM PUK': new Obstacle(
    'puk_needed',
    'The SIM is locked by its PUK. Enter it in a telephone, or ask the operator for it.',
  ),
  'PH-SIM PIN': new Obstacle('sim_locked', 'The modem is locked to another SIM.'),
  'PH-NET PIN': new Obstacle('sim_locked', 'The modem is locked to another operator.'),
  'NOT INSERTED': new Obstacle('no_sim', 'There is no SIM in the modem. Put one in.'),
};

/** Refusals of `AT+CPIN?`, TS 27.007 9.2, that no waiting mends. */
const simRefusals: Readonly<Record<number, Obstacle>> = {
  10: new Obstacle('no_sim', 'There is no SIM in the modem. Put one in.'),
  310: new Obstacle('no_sim', 'There is no SIM in the modem. Put one in.'),
  12: new Obstacle(
    'puk_needed',
    'The SIM is locked by its PUK. Enter it in a telephone, or ask the operator for it.',
  ),
  13: new Obstacle(
    'sim_failure',
    'The modem cannot read the SIM. Take it out, wipe its contacts and put it back.',
  ),
  15: new Obstacle('sim_failure', 'The modem refuses this SIM (wrong SIM).'),
};

/** Reads the ICCID by the ways that makers offer, until one gives a number that is one. */
export async function readIccid(
  channel: AtChannel,
  { iccidWays }: Pick<Profile, 'iccidWays'> = generic,
): Promise<string | undefined> {
  const asked = new Set(iccidWays.map(({ text }) => text));
  for (const way of [...iccidWays, ...readIccidWays.filter(({ text }) => !asked.has(text)), readIccidFile]) {
    const digits = await optional(channel, way);
    const iccid = digits && normaliseIccid(digits);
    if (iccid) return iccid;
  }
  return undefined;
}

/** What can be read of the card now; the IMSI only once the PIN was entered. */
export async function readSimIdentity(channel: AtChannel, profile: Profile): Promise<SimIdentity> {
  return { iccid: await readIccid(channel, profile), imsi: await optional(channel, readImsi) };
}

/** The number that the SIM believes to be its own, in E.164 form, or undefined. */
export async function readProposedNumber(channel: AtChannel): Promise<string | undefined> {
  const number = await optional(channel, readOwnNumber);
  return number && /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}

/**
 * Brings the SIM to READY: waits for a busy one, enters the PIN that is kept for this card, once.
 *
 * @throws Obstacle that only a person can clear
 */
export async function unlockSim(
  channel: AtChannel,
  clock: Clock,
  sims: SimDirectory,
  hints: { readonly pin: string | undefined; readonly modemId: string },
  signal: AbortSignal,
): Promise<void> {
  const state = await settledPinState(channel, clock, signal);
  if (state === 'SIM PIN') {
    await enterKeptPin(channel, clock, signal, sims, hints);
    await settledPinState(channel, clock, signal, true);
  } else if (state !== 'READY') {
    throw lockedStates[state] ?? new Obstacle('sim_locked', `The SIM is not ready (${state}).`);
  }
}

/** `READY`, `SIM PIN`, …; the second PIN and its PUK stop no text, so they count as ready. */
async function settledPinState(
  channel: AtChannel,
  clock: Clock,
  signal: AbortSignal,
  afterPin = false,
): Promise<string> {
  for (let attempt = 0; attempt < busyTries && !signal.aborted; attempt++) {
    const state = await askPinState(channel);
    const settled = state === 'SIM PIN2' || state === 'SIM PUK2' ? 'READY' : state;
    if (settled === 'READY' || (settled && !afterPin && settled !== 'NOT READY')) return settled;
    await delay(clock, busyRetryMs, signal);
  }
  throw new Obstacle(
    'sim_busy',
    'The SIM does not get ready. Take it out and put it back, or try it in a telephone.',
  );
}

async function askPinState(channel: AtChannel): Promise<string | undefined> {
  try {
    return await channel.run(readPinState, 'control');
  } catch (error) {
    const code = refusalCode(error);
    const obstacle = code === undefined ? undefined : simRefusals[code];
    if (obstacle) throw obstacle;
    if (code !== undefined || (error instanceof ModemError && error.code === 'refused')) return undefined;
    throw error;
  }
}

async function enterKeptPin(
  channel: AtChannel,
  clock: Clock,
  signal: AbortSignal,
  sims: SimDirectory,
  { pin, modemId }: { readonly pin: string | undefined; readonly modemId: string },
): Promise<void> {
  const identity = { iccid: await readIccid(channel), imsi: undefined };
  const choice = sims.pinFor(identity, pin, modemId);
  const tries = await readPinTries(channel);
  const left = tries === undefined ? '' : ` ${tries} ${tries === 1 ? 'try' : 'tries'} left.`;
  if (choice.kind === 'none') throw new Obstacle('pin_needed', `The SIM needs its PIN.${left}`);
  if (choice.kind === 'refused-before') {
    throw new Obstacle(
      'pin_refused',
      `The SIM refused the PIN that is kept for it; it is not tried again.${left}`,
    );
  }
  if (tries !== undefined && tries < fewestTries) {
    throw new Obstacle('pin_refused', `The SIM needs its PIN, and the last try is left to a person.${left}`);
  }
  sims.pinRefused(identity, choice.pin, modemId); // until it is known to be right: a crash must not try it again
  const fate = await tryPin(channel, clock, choice.pin, signal);
  if (fate === 'right') return sims.pinAccepted(identity, choice.pin, modemId);
  if (fate === 'unanswered' && tries !== undefined) sims.pinUndecided(identity, choice.pin, modemId);
  if (fate === 'unanswered') throw new ModemError('timeout', 'AT+CPIN=');
  throw new Obstacle(
    'pin_refused',
    'The SIM refused its PIN. Enter the right one; it is not tried again by itself.',
  );
}

async function readPinTries(channel: AtChannel): Promise<number | undefined> {
  for (const way of codeTriesWays) {
    const tries = await optional(channel, way);
    if (tries?.pin !== undefined) return tries.pin;
  }
  return undefined;
}

/** `unanswered`: the PIN may have been tried; it is sent again only where the modem counts the tries. */
type PinFate = 'right' | 'refused' | 'unanswered';

const simBusyCode = 14;

/** A SIM that is busy has not looked at the PIN: it gets it once more, and what it says then counts. */
async function tryPin(channel: AtChannel, clock: Clock, pin: string, signal: AbortSignal): Promise<PinFate> {
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
    if (refusalCode(error) === simBusyCode) return 'busy';
    if (!(error instanceof ModemError)) throw error;
    return error.code === 'refused' ? 'refused' : 'unanswered';
  }
}

function refusalCode(error: unknown): number | undefined {
  return error instanceof ModemError ? error.refusal?.code : undefined;
}
