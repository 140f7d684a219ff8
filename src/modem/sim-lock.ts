import { type Clock, delay } from '../clock.ts';
import { type Command, enterPin, readPinState } from '../gsm/at/commands.ts';
import type { Refusal } from '../gsm/at/final-result.ts';
import { changePin, enterPuk, switchPinQuery } from '../gsm/at/pin-commands.ts';
import type { AtChannel, Run } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { nameOfOpened } from './opened-card.ts';
import { askingBy } from './optional.ts';
import { isNamed, type SimDirectory } from './sim-directory.ts';
import { SimLockError, type SimLockErrorCode } from './sim-lock-error.ts';
import { readSimIdentity, readTries, triesLeft } from './sim-reading.ts';
import { simBusyCodes } from './sim-settling.ts';
import { simStateOf } from './sim-state.ts';
import { fewestTries } from './sim-unlock.ts';
import { UnnamedPin } from './unnamed-pin.ts';

/** What a person wants done to the lock of a SIM. Nothing of it is ever done by itself. */
export type SimLockOrder =
  | { readonly kind: 'enter-pin'; readonly pin: string }
  | { readonly kind: 'enter-puk'; readonly puk: string; readonly newPin: string }
  | { readonly kind: 'change-pin'; readonly pin: string; readonly newPin: string }
  | { readonly kind: 'ask-for-pin' | 'ask-for-no-pin'; readonly pin: string };

/** An order that no modem takes up in this time is given back to the person. */
const patienceMs = 30_000;

interface Seat {
  readonly channel: AtChannel;
  readonly identity: Pick<ModemIdentity, 'id' | 'profile'>;
}

interface Waiting {
  readonly take: (seat: Seat) => Promise<void>;
}

/**
 * The lock of the SIM in one modem, for a person: PIN, PUK, change of PIN, PIN at every start or not. It outlives the
 * modem's sessions, because a locked SIM leaves the modem without one most of the time: an order waits for the next.
 */
export class SimLock {
  /** What opened a card before it was named, until it is. */
  readonly unnamed: UnnamedPin;
  readonly #clock: Clock;
  readonly #sims: SimDirectory;
  readonly #waiting = new Set<Waiting>();
  #seat: Seat | undefined;

  constructor(clock: Clock, sims: SimDirectory) {
    this.#clock = clock;
    this.#sims = sims;
    this.unnamed = new UnnamedPin(clock);
  }

  /** A session knows its modem: what waited is done now, before anything else is done to the SIM. */
  async attach(seat: Seat): Promise<void> {
    this.#seat = seat;
    for (const waiting of [...this.#waiting]) await waiting.take(seat);
  }

  /** The session is over. */
  detach(): void {
    this.#seat = undefined;
  }

  /**
   * Carries an order out. A PIN that is the right one from then on is kept for the SIM.
   *
   * @throws SimLockError whose message tells a person what happened, and how many tries are left
   */
  async perform(order: SimLockOrder): Promise<void> {
    checkDigits(order);
    if (this.#seat) return this.#carryOut(this.#seat, order);
    return this.#whenSeated(order);
  }

  #whenSeated(order: SimLockOrder): Promise<void> {
    return new Promise((resolve, reject) => {
      const patience = new AbortController();
      const waiting: Waiting = {
        take: async (seat) => {
          this.#waiting.delete(waiting);
          patience.abort();
          await this.#carryOut(seat, order).then(resolve, reject);
        },
      };
      this.#waiting.add(waiting);
      delay(this.#clock, patienceMs, patience.signal).then(() => {
        if (this.#waiting.delete(waiting)) reject(new SimLockError('modem_away'));
      });
    });
  }

  /** Nothing may come between the look at the tries and the code. */
  async #carryOut({ channel, identity }: Seat, order: SimLockOrder): Promise<void> {
    try {
      await channel.sequence('control', (run) => this.#inSequence(run, identity, order));
    } catch (error) {
      if (error instanceof ModemError) throw new SimLockError('unanswered');
      throw error;
    }
  }

  async #inSequence(run: Run, identity: Seat['identity'], order: SimLockOrder): Promise<void> {
    const ask = askingBy(run);
    const code = order.kind === 'enter-puk' ? 'puk' : 'pin';
    const words = await ask(readPinState);
    const state = words === undefined ? 'busy' : simStateOf(words);
    const [wanted, fault] = needs[order.kind];
    if (state !== wanted) throw new SimLockError(fault);
    const tries = await readTries(ask, code, identity.profile);
    if (tries !== undefined && tries < fewestTries) throw new SimLockError('last_try', triesLeft(tries));
    const card = await readSimIdentity(ask, identity.profile);
    const refusal = await refusalOf(run, commandOf(order));
    if (refusal) throw explained(refusal, tries, await readTries(ask, code, identity.profile));
    const pin = 'newPin' in order ? order.newPin : order.pin;
    this.#sims.pinChanged(card, pin, identity.id);
    if (isNamed(card)) return;
    this.unnamed.hold(identity.id, { pin, byPerson: true });
    const named = await nameOfOpened(ask, identity.profile);
    if (named) this.#sims.pinChanged(named, pin, identity.id);
  }
}

/** What the SIM must be waiting for, and what is wrong where it does not. */
const needs: Readonly<Record<SimLockOrder['kind'], readonly ['pin' | 'puk' | 'ready', SimLockErrorCode]>> = {
  'enter-pin': ['pin', 'pin_not_asked_for'],
  'enter-puk': ['puk', 'puk_not_asked_for'],
  'change-pin': ['ready', 'sim_not_ready'],
  'ask-for-pin': ['ready', 'sim_not_ready'],
  'ask-for-no-pin': ['ready', 'sim_not_ready'],
};

function commandOf(order: SimLockOrder): Command<void> {
  switch (order.kind) {
    case 'enter-pin':
      return enterPin(order.pin);
    case 'enter-puk':
      return enterPuk(order.puk, order.newPin);
    case 'change-pin':
      return changePin(order.pin, order.newPin);
    default:
      return switchPinQuery(order.kind === 'ask-for-pin', order.pin);
  }
}

async function refusalOf(run: Run, command: Command<void>): Promise<Refusal | undefined> {
  try {
    await run(command);
    return undefined;
  } catch (error) {
    if (error instanceof ModemError && error.refusal) return error.refusal;
    throw error;
  }
}

/** Wrong password, and what comes in its place when it was the last. */
const wrongCodes: ReadonlySet<number | undefined> = new Set([12, 16, 316]);

/** A modem that only says ERROR shows by its count that it was the code. */
function explained(refusal: Refusal, before: number | undefined, after: number | undefined): SimLockError {
  if (simBusyCodes.has(refusal.code)) return new SimLockError('sim_busy');
  const counted = before !== undefined && after !== undefined && after < before;
  if (counted || wrongCodes.has(refusal.code)) return new SimLockError('wrong_code', triesLeft(after));
  return new SimLockError('refused', ` (${refusal.text})${triesLeft(after)}`);
}

function checkDigits(order: SimLockOrder): void {
  if ('pin' in order && !/^\d{4,8}$/.test(order.pin)) throw new SimLockError('bad_pin');
  if ('newPin' in order && !/^\d{4,8}$/.test(order.newPin)) throw new SimLockError('bad_pin');
  if ('puk' in order && !/^\d{8}$/.test(order.puk)) throw new SimLockError('bad_puk');
}
