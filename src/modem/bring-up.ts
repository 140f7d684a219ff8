import { fullFunctionality, readFunctionality } from '../gsm/at/commands.ts';
import type { ArrivalsWatch } from './arrivals-watch.ts';
import type { AtChannel } from './at-channel.ts';
import { setBasics } from './basic-settings.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { watchRegistration } from './network.ts';
import { optional } from './optional.ts';
import type { SessionContext } from './session-context.ts';
import { isNamed } from './sim-directory.ts';
import type { SimSeat } from './sim-seat.ts';
import { unlockSim } from './sim-unlock.ts';

/** Boot texts come in one go; a modem that goes on restarting is another trouble. */
const mostPreparations = 5;

/** Brings a modem from the first command to where it can serve. */
export class BringUp {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #identity: ModemIdentity;
  readonly #seat: SimSeat;
  readonly #arrivals: ArrivalsWatch;
  #booted = false;

  constructor(
    channel: AtChannel,
    context: SessionContext,
    identity: ModemIdentity,
    seat: SimSeat,
    arrivals: ArrivalsWatch,
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#identity = identity;
    this.#seat = seat;
    this.#arrivals = arrivals;
  }

  /** The modem has said that it is starting. */
  noteBoot(): void {
    this.#booted = true;
  }

  /**
   * Identifies the modem, unlocks its SIM and sets up messages. A modem that is only just starting loses the first
   * settings again: they are made until no boot text comes between.
   */
  async prepare(signal: AbortSignal): Promise<void> {
    let tries = 0;
    do {
      this.#booted = false;
      await this.#prepareOnce(signal);
      tries++;
    } while (this.#booted && tries < mostPreparations);
  }

  async #prepareOnce(signal: AbortSignal): Promise<void> {
    const { lock } = this.#context;
    const listens = await setBasics(this.#channel, this.#context.clock, signal);
    await this.#identity.read();
    await this.#reachFullFunctionality();
    await lock.attach({ channel: this.#channel, identity: this.#identity });
    await this.#unlock(signal);
    if (!listens) await setBasics(this.#channel, this.#context.clock, signal);
    if (!this.#identity.complete) await this.#identity.read();
    await this.#seat.recognise();
    this.#keepPin();
    await this.#arrivals.takeEarly();
    this.#context.learn({ state: 'setting_up' });
    await this.#arrivals.setUp();
    await watchRegistration(this.#channel);
  }

  #unlock(signal: AbortSignal): Promise<void> {
    const { clock, sims, hints, cards, lock } = this.#context;
    const { unnamed } = lock;
    const identity = this.#identity;
    const presumed = cards.of(identity.id);
    const lockedCard = (iccid: string | undefined) => this.#noteLocked(iccid);
    const own = { presumed, unnamed, lockedCard, hint: hints.pin };
    return unlockSim(this.#channel, { clock, sims, identity, signal, ...own });
  }

  /** A card that hides its name keeps what was known of the last one in this modem, which it may be. */
  #noteLocked(iccid: string | undefined): void {
    const { sims, learn } = this.#context;
    const ids = { iccid, imsi: undefined };
    learn(iccid === undefined ? ids : { ...ids, sim: sims.known(iccid) });
  }

  /** A PIN that opened a card before it was named belongs to it, now that it is. */
  #keepPin(): void {
    const { sims, lock, port } = this.#context;
    const { card } = this.#seat;
    const { id } = this.#identity;
    const opening = lock.unnamed.take([id, port]);
    if (!opening || !isNamed(card)) return;
    if (opening.byPerson) sims.pinChanged(card, opening.pin, id);
    else sims.pinAccepted(card, opening.pin, id);
  }

  /** A radio that was left off hears nothing; turning it on is a restart with some, so it is not done unasked. */
  async #reachFullFunctionality(): Promise<void> {
    const level = await optional(this.#channel, readFunctionality);
    if (level !== 0 && level !== 4) return;
    await optional(this.#channel, fullFunctionality);
    if (this.#identity.profile.restartsAtFullFunctionality) this.noteBoot();
  }
}
