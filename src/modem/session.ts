import type { Unsolicited } from '../gsm/at/unsolicited.ts';
import { ArrivalsWatch } from './arrivals-watch.ts';
import type { AtChannel, SubmitOutcome } from './at-channel.ts';
import { BringUp } from './bring-up.ts';
import type { Changes } from './console/judgement.ts';
import { HealthWatch } from './health-watch.ts';
import { ModemError } from './modem-error.ts';
import { ModemIdentity } from './modem-identity.ts';
import { Obstacle } from './obstacle.ts';
import { ServiceCentreWatch } from './service-centre-watch.ts';
import type { SessionContext } from './session-context.ts';
import { SessionLifetime } from './session-lifetime.ts';
import { SimSeat } from './sim-seat.ts';
import { TextBearer } from './text-bearer.ts';
import { ussdWishes } from './ussd/wishes.ts';

/** No modem is back after a restart sooner than this. */
const unnoticedRestartMs = 1_000;

/**
 * One modem on one open port, from the first command to the loss of the port:
 *
 *     identify ─► unlock the SIM ─► set up messages ─► take in what is stored ─► serve
 *
 * It ends by an exception: an `Obstacle` for what a person must clear, a `ModemError` for what a new start may.
 */
export class ModemSession {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #lifetime: SessionLifetime;
  readonly #seat: SimSeat;
  readonly #arrivals: ArrivalsWatch;
  readonly #health: HealthWatch;
  readonly #bringUp: BringUp;
  readonly #identity: ModemIdentity;
  readonly #serviceCentre: ServiceCentreWatch;
  readonly #bearer: TextBearer;
  #up = false;

  constructor(channel: AtChannel, context: SessionContext) {
    this.#channel = channel;
    this.#context = context;
    this.#lifetime = new SessionLifetime(channel, context.clock, context.log);
    const identity = new ModemIdentity(channel, context);
    this.#identity = identity;
    this.#seat = new SimSeat(channel, context, identity);
    this.#arrivals = new ArrivalsWatch(channel, context, this.#lifetime, identity, this.#seat);
    this.#health = new HealthWatch(channel, context, this.#lifetime, identity, this.#seat, this.#arrivals);
    this.#bringUp = new BringUp(channel, context, identity, this.#seat, this.#arrivals);
    this.#bearer = new TextBearer(channel, context, identity, this.#seat, this.#health);
    this.#serviceCentre = new ServiceCentreWatch(channel, context, this.#lifetime, this.#seat);
  }

  /** Brings the modem up and serves until the channel is lost or something stands in the way. */
  async run(): Promise<never> {
    const ended = this.#lifetime.untilEnd();
    const listener = (event: Unsolicited) => this.#onUnsolicited(event);
    this.#channel.on('unsolicited', listener);
    try {
      await Promise.race([this.#start(), ended]);
      return await ended;
    } finally {
      this.#lifetime.close();
      this.#context.lock.detach();
      this.#context.desk.detach();
      this.#channel.off('unsolicited', listener);
    }
  }

  /**
   * Looks the SIM up again: its number or PIN may have been set by a person meanwhile. Before the first time there is
   * nothing to look up again, and a card that is locked or busy would be taken for one that hides its ids.
   */
  async recognise(): Promise<void> {
    if (!this.#seat.sim) return;
    try {
      await this.#seat.recognise();
      await this.#arrivals.takeEarly();
      await this.#serviceCentre.look();
    } catch (error) {
      const isOver = error instanceof ModemError && error.code === 'restarted';
      if (isOver || error instanceof Obstacle) this.#lifetime.end(error);
      throw error;
    }
  }

  /** Whether the modem has told of something that was not read yet. */
  get unread(): boolean {
    return this.#arrivals.unread;
  }

  /** Hands a TPDU over; see `AtChannel.submit`. */
  async submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome> {
    const error = this.#channel.idleMs < unnoticedRestartMs ? undefined : await this.#health.forgotten();
    if (error) return { kind: 'not-submitted', error };
    return this.#bearer.submit(pdu, tpduLength, beforePayload);
  }

  /** Looks at once at what is else looked at from time to time. */
  check(): void {
    if (this.#up) this.#lifetime.inBackground(() => this.#health.check());
  }

  /** What a person changed by hand is looked for, or, where Postern relies on it, set again. */
  #recheck(changes: Changes): void {
    if (!this.#up || changes === 'nothing') return;
    this.#lifetime.inBackground(() =>
      changes === 'reliedOn' ? this.#health.restore() : this.#health.check(),
    );
  }

  /** The same, and at the stores: much may have happened meanwhile. */
  checkAll(): void {
    this.check();
    if (this.#up) this.#lifetime.inBackground(() => this.#arrivals.sweep());
  }

  async #start(): Promise<void> {
    await this.#channel.start(this.#context.unheard);
    this.#context.desk.attach({
      channel: this.#channel,
      ussd: ussdWishes(this.#identity, this.#context.ussd, this.#context.log),
      recheck: (changes) => this.#recheck(changes),
      resets: () => this.#identity.profile.resets,
      restarting: () => this.#onOrderedRestart(),
    });
    this.#context.learn({ state: 'starting', lastSeenAt: this.#context.clock.now() });
    await this.#bringUp.prepare(this.#lifetime.signal);
    await this.#bearer.restore();
    this.#up = true;
    await this.#arrivals.drain();
    await this.#health.begin();
    this.#context.cards.serving(this.#identity.id);
    this.#arrivals.watch();
    this.#health.watch();
    this.#serviceCentre.watch();
  }

  /** A person had it restarted. */
  #onOrderedRestart(): void {
    this.#context.cards.restarting(this.#identity.id);
    this.#lifetime.end(new ModemError('ordered', ''));
  }

  #onUnsolicited(event: Unsolicited): void {
    const { draining } = this.#arrivals;
    switch (event.type) {
      case 'message-stored':
      case 'report-stored':
        return this.#arrivals.announce(
          event.type === 'report-stored' ? 'report' : 'text',
          event.storage,
          event.index,
        );
      case 'message':
      case 'report':
        this.#lifetime.inBackground(() => this.#arrivals.takeDirect(event.pdu, event.tpduLength));
        return;
      case 'registration':
        if (!draining) this.#health.notice();
        return;
      case 'storage-full':
        if (!draining) this.#lifetime.inBackground(() => this.#health.relieve());
        return;
      case 'boot':
        this.#bringUp.noteBoot();
        if (this.#up) this.#lifetime.end(new ModemError('restarted', ''));
        return;
      case 'sim':
        if (!draining && event.state !== 'READY') this.#lifetime.end(new ModemError('restarted', 'AT+CPIN?'));
    }
  }
}
