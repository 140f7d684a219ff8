import { readImsi } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import type { Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import type { ModemIdentity } from './modem-identity.ts';
import { asking, optional } from './optional.ts';
import type { SessionContext } from './session-context.ts';
import { isNamed, type KnownSim, type SimIdentity } from './sim-directory.ts';
import { readProposedNumber, readSimIdentity } from './sim-reading.ts';
import { simBusyCodes } from './sim-settling.ts';
import { simStateOfRefusal } from './sim-state.ts';

/** Not inserted, failure and wrong card, as +CME (TS 27.007 9.2) and as +CMS (TS 27.005 3.2.5) have it. */
const cardFaults: ReadonlySet<number | undefined> = new Set([10, 13, 15, 310, 313, 315]);

/** The SIM that sits in a modem for the length of a session. */
export class SimSeat {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #identity: ModemIdentity;
  #sim: KnownSim | undefined;
  #card: SimIdentity = { iccid: undefined, imsi: undefined };

  constructor(channel: AtChannel, context: SessionContext, identity: ModemIdentity) {
    this.#channel = channel;
    this.#context = context;
    this.#identity = identity;
  }

  /** The card, once it was recognised. */
  get sim(): KnownSim | undefined {
    return this.#sim;
  }

  /** What it told of itself when it was recognised. */
  get card(): SimIdentity {
    return this.#card;
  }

  /**
   * Looks the SIM up: its number or PIN may have been set by a person meanwhile. Rejects where the card is gone that was
   * there before.
   */
  async recognise(): Promise<void> {
    const ask = asking(this.#channel);
    const identity = await readSimIdentity(ask, this.#identity.profile);
    if (!isNamed(identity)) await this.#makeSureOfCard();
    if (this.#sim && !isNamed(identity) && this.#card.imsi !== undefined)
      throw new ModemError('restarted', readImsi.text);
    const proposedNumber = await readProposedNumber(ask);
    this.#sim = this.#context.sims.recognise(
      identity,
      { ...this.#context.hints, proposedNumber },
      this.#identity.id,
    );
    this.#card = identity;
    this.#context.cards.recognised(this.#identity.id, identity);
    this.#context.learn({ ...identity, sim: this.#sim });
  }

  /**
   * A card that hides its names is not one that is out, or busy, for a moment: taken for one without a name, what lies on
   * it would be shown twice.
   */
  async #makeSureOfCard(): Promise<void> {
    try {
      await this.#channel.run(readImsi, 'control');
    } catch (error) {
      if (!(error instanceof ModemError) || error.code !== 'refused') throw error;
      const { code } = error.refusal ?? {};
      if (simBusyCodes.has(code)) throw new ModemError('restarted', readImsi.text);
      if (cardFaults.has(code)) throw simStateOfRefusal({ code });
    }
  }

  /** Whether the card is still the one recognised: it may be changed while the modem has power, and many do not tell. */
  async holdsSameCard(priority: Priority): Promise<boolean> {
    const { imsi } = this.#card;
    return imsi === undefined || imsi === (await optional(this.#channel, readImsi, priority));
  }
}
