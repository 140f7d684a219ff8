import { echoOff, readImsi, readIndications, readMessageFormat } from '../gsm/at/commands.ts';
import type { ArrivalsWatch } from './arrivals-watch.ts';
import type { AtChannel } from './at-channel.ts';
import { setBasics } from './basic-settings.ts';
import { ModemError } from './modem-error.ts';
import { sampleNetwork, watchRegistration } from './network.ts';
import { Obstacle } from './obstacle.ts';
import { optional } from './optional.ts';
import type { SessionContext } from './session-context.ts';
import type { SessionLifetime } from './session-lifetime.ts';
import type { SimSeat } from './sim-seat.ts';

const healthEveryMs = 30_000;
const registeringEveryMs = 2_000;

/** A modem that echoes all the same is told not to at this pace. */
const echoPauseMs = 30_000;

/** So long without a network before a person is told. */
const unregisteredPatienceMs = 60_000;

/** Looks at a modem that serves, again and again: its network, its card, and whether it kept its settings. */
export class HealthWatch {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #lifetime: SessionLifetime;
  readonly #seat: SimSeat;
  readonly #arrivals: ArrivalsWatch;
  #sampling = false;
  #sampleAgain = false;
  #echoStoppedAt = Number.NEGATIVE_INFINITY;
  #unregisteredSince: number | undefined;

  constructor(
    channel: AtChannel,
    context: SessionContext,
    lifetime: SessionLifetime,
    seat: SimSeat,
    arrivals: ArrivalsWatch,
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#lifetime = lifetime;
    this.#seat = seat;
    this.#arrivals = arrivals;
  }

  /** Takes the first sample; the time without a network counts from here. */
  async begin(): Promise<void> {
    this.#unregisteredSince = this.#context.clock.monotonic();
    await this.sample();
  }

  /** Takes samples from now on. */
  watch(): void {
    this.#lifetime.every(
      () => (this.#unregisteredSince === undefined ? healthEveryMs : registeringEveryMs),
      () => this.check(),
    );
    this.#channel.on('echo', () => this.#onEcho());
  }

  /** Samples, and sets up again what the modem forgot. */
  async check(): Promise<void> {
    await this.sample();
    await this.#checkSettings();
  }

  /** Samples now, or once more right after the sample that is being taken. */
  async sample(): Promise<void> {
    this.#sampleAgain = this.#sampling;
    if (this.#sampling) return;
    this.#sampling = true;
    try {
      do {
        this.#sampleAgain = false;
        await this.#sampleOnce();
      } while (this.#sampleAgain);
    } finally {
      this.#sampling = false;
    }
  }

  /** Echo that is back shows a reset. What a modem that always echoes is told against it does no good: hence the pause. */
  #onEcho(): void {
    const now = this.#context.clock.monotonic();
    if (now - this.#echoStoppedAt < echoPauseMs) return;
    this.#echoStoppedAt = now;
    this.#lifetime.inBackground(async () => {
      await this.#channel.run(echoOff, 'control');
      await this.#checkSettings();
    });
  }

  /** A reset without a word loses PDU mode, indications and echo: they are read back and set again. */
  async #checkSettings(): Promise<void> {
    const format = await optional(this.#channel, readMessageFormat);
    const indications = await optional(this.#channel, readIndications);
    const wanted = this.#arrivals.indications?.values;
    const kept =
      !wanted || !indications || wanted.slice(0, 4).every((value, at) => Number(indications[at]) === value);
    if ((format === undefined || format === 0) && kept) return;
    this.#context.log.warn('the modem lost its settings; setting it up again');
    await this.restore();
  }

  /** Sets up all that Postern relies on, and looks for what came unnoticed meanwhile. */
  async restore(): Promise<void> {
    await setBasics(this.#channel, this.#context.clock, this.#lifetime.signal);
    await this.#arrivals.setUp();
    await watchRegistration(this.#channel);
    await this.#arrivals.sweep();
  }

  async #sampleOnce(): Promise<void> {
    if (!(await this.#seat.holdsSameCard())) this.#lifetime.end(new ModemError('restarted', readImsi.text));
    const { registered, ...facts } = await sampleNetwork(this.#channel);
    const now = this.#context.clock.monotonic();
    if (registered) this.#unregisteredSince = undefined;
    else this.#unregisteredSince ??= now;
    this.#context.learn({
      ...facts,
      state: registered ? 'ready' : 'registering',
      obstacle: registered ? undefined : this.#registrationObstacle(facts.registration === 'denied', now),
      lastSeenAt: this.#context.clock.now(),
    });
  }

  #registrationObstacle(denied: boolean, now: number): Obstacle | undefined {
    if (denied) {
      return new Obstacle(
        'registration_denied',
        'The network refuses this SIM. Ask the operator whether it is active.',
      );
    }
    if (now - (this.#unregisteredSince ?? now) < unregisteredPatienceMs) return undefined;
    return new Obstacle(
      'not_registered',
      'The modem finds no network. Check the aerial, or move it to a window.',
    );
  }
}
