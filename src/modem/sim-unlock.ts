import type { Clock } from '../clock.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { Obstacle } from './obstacle.ts';
import { nameOfOpened } from './opened-card.ts';
import { asking } from './optional.ts';
import { type PinFate, tryPin } from './pin-trial.ts';
import { isNamed, type SimDirectory, type SimIdentity } from './sim-directory.ts';
import { readIccid, readTries, triesLeft } from './sim-reading.ts';
import { settledState } from './sim-settling.ts';
import { simStateOf } from './sim-state.ts';
import type { UnnamedPin } from './unnamed-pin.ts';

/** Fewer tries than this are left to a person: the last wrong PIN locks the card. */
export const fewestTries = 2;

/** What unlocking needs beside the modem. */
export interface Unlocking {
  readonly clock: Clock;
  readonly sims: SimDirectory;
  readonly identity: Pick<ModemIdentity, 'id' | 'profile'>;
  /** The card that must be in the modem, for the case that it does not name it before the PIN. */
  readonly presumed: SimIdentity | undefined;
  /** Keeps the PIN that opened a card which the modem did not name before. */
  readonly unnamed: Pick<UnnamedPin, 'hold' | 'forget'>;
  /** Told the ICCID of a card that is locked; undefined where the modem does not tell it before the PIN. */
  readonly lockedCard: (iccid: string | undefined) => void;
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
  const state = await settledState(channel, unlocking);
  if (state === 'ready') return;
  unlocking.unnamed.forget();
  const card = await cardOf(channel, unlocking);
  if (state === 'puk') throw await pukNeeded(channel, unlocking);
  const pin = await enterKeptPin(channel, unlocking, card);
  if (!isNamed(card)) await keepForUnnamed(channel, unlocking, pin);
  await settledState(channel, unlocking, (found) => found === 'ready');
}

async function keepForUnnamed(channel: AtChannel, unlocking: Unlocking, pin: string): Promise<void> {
  const { unnamed, identity, sims } = unlocking;
  unnamed.hold(identity.id, { pin, byPerson: false });
  const named = await nameOfOpened(asking(channel), identity.profile);
  if (named) sims.pinAccepted(named, pin, identity.id);
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

async function cardOf(
  channel: AtChannel,
  { identity, presumed, lockedCard }: Unlocking,
): Promise<SimIdentity> {
  const iccid = await readIccid(asking(channel), identity.profile);
  lockedCard(iccid);
  return iccid === undefined && presumed ? presumed : { iccid, imsi: undefined };
}

/** Enters the PIN that is kept for a card, or given for the one at this port. */
async function enterKeptPin(channel: AtChannel, unlocking: Unlocking, card: SimIdentity): Promise<string> {
  const { sims, identity, hint } = unlocking;
  const choice = sims.pinFor(card, hint, identity.id);
  const tries = await readTries(asking(channel), 'pin', identity.profile);
  const pinObstacle = (code: 'pin_needed' | 'pin_refused', message: string) =>
    new Obstacle(code, message, undefined, tries);
  const enterIt = `postern modem ${identity.id} pin`;
  const left = ` Enter it: ${enterIt}.${triesLeft(tries)}`;
  switch (choice.kind) {
    case 'none':
      if (!isNamed(card)) throw pinObstacle('pin_needed', unknownCard(identity.id, left));
      throw pinObstacle('pin_needed', `The SIM needs its PIN.${left}`);
    case 'refused-before':
      throw pinObstacle(
        'pin_refused',
        `The PIN that is kept for the SIM did not open it, and is not tried again. It needs the right one.${left}`,
      );
    case 'unknown-card':
      throw pinObstacle('pin_needed', unknownCard(identity.id, left));
  }
  if (tries !== undefined && tries < fewestTries) {
    throw pinObstacle('pin_refused', `The SIM needs its PIN, and the last try is left to a person.${left}`);
  }
  sims.pinRefused(card, choice.pin, identity.id); // until it is known to be right: a crash must not try it again
  const undecided = () => tries !== undefined && sims.pinUndecided(card, choice.pin, identity.id);
  const fate = await tryPin(channel, unlocking, choice.pin, tries).catch((error: unknown) => {
    undecided();
    throw error;
  });
  if (fate === 'unanswered' || fate === 'busy') undecided();
  if (fate !== 'right') throw failureOf(fate, enterIt, tries !== undefined);
  sims.pinAccepted(card, choice.pin, identity.id);
  return choice.pin;
}

function unknownCard(modemId: string, left: string): string {
  return `The SIM needs its PIN, and the modem does not tell before that which SIM it is: as it may be another, no PIN is tried by itself.${left} If it is to start without a person, let it ask for no PIN any more: postern modem ${modemId} pin --query off.`;
}

function failureOf(fate: Exclude<PinFate, 'right'>, enterIt: string, counted: boolean): Error {
  if (fate === 'unanswered') return new ModemError('timeout', 'AT+CPIN=');
  if (fate === 'refused')
    return new Obstacle(
      'pin_refused',
      `The SIM refused its PIN, which is not tried again by itself. Enter the right one: ${enterIt}.`,
    );
  if (counted)
    return new Obstacle(
      'sim_busy',
      'The SIM is busy each time that its PIN is entered. Take it out and put it back, or try it in a telephone.',
    );
  return new Obstacle(
    'pin_needed',
    `The SIM was busy each time that its PIN was entered, and the modem does not count the tries: it is not tried again by itself. Enter it: ${enterIt}.`,
  );
}
