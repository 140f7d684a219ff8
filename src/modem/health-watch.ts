import { echoOff, readImsi, readIndications, readMessageFormat } from '../gsm/at/commands.ts';
import type { RegistrationState, RegistrationStates } from '../gsm/at/registration.ts';
import type { ArrivalsWatch } from './arrivals-watch.ts';
import type { AtChannel } from './at-channel.ts';
import { setBasics } from './basic-settings.ts';
import { HealthSampler } from './health-sampler.ts';
import type { Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import type { ModemFacts } from './modem-facts.ts';
import type { ModemIdentity } from './modem-identity.ts';
import {
  dataAloneObstacle,
  type NetworkSample,
  registrationObstacle,
  sampleNetwork,
  watchRegistration,
} from './network.ts';
import type { Obstacle } from './obstacle.ts';
import { optional } from './optional.ts';
import type { SessionContext } from './session-context.ts';
import type { SessionLifetime } from './session-lifetime.ts';
import type { SimSeat } from './sim-seat.ts';
import { TextDenial } from './text-denial.ts';

const healthEveryMs = 30_000;
const registeringEveryMs = 2_000;

/** A modem whose registration flaps is looked at this often for it. */
const noticeEveryMs = 1_000;

/** A modem that echoes all the same is told not to at this pace. */
const echoPauseMs = 30_000;

/** Looks at a modem that serves, again and again: its network, its card, and whether it kept its settings. */
export class HealthWatch {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  readonly #lifetime: SessionLifetime;
  readonly #seat: SimSeat;
  readonly #arrivals: ArrivalsWatch;
  readonly #sampler: HealthSampler;
  readonly #denial: TextDenial;
  #network: NetworkSample | undefined;
  #sampling = false;
  #sampleAgain = false;
  /** Whether the modem has told of a change: then what is sampled does not wait for the texts to be sent. */
  #urgent = false;
  #echoStoppedAt = Number.NEGATIVE_INFINITY;
  #unregisteredSince: number | undefined;
  #noticedAt = Number.NEGATIVE_INFINITY;
  #noticed = false;

  constructor(
    channel: AtChannel,
    context: SessionContext,
    lifetime: SessionLifetime,
    identity: ModemIdentity,
    seat: SimSeat,
    arrivals: ArrivalsWatch,
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#lifetime = lifetime;
    this.#seat = seat;
    this.#arrivals = arrivals;
    this.#denial = new TextDenial(context.clock);
    this.#sampler = new HealthSampler(channel, () => identity.profile);
  }

  /** How the modem stands in each domain, as it was seen last. */
  get registrations(): RegistrationStates {
    return this.#network?.registrations ?? {};
  }

  /** Registered for data alone, as far as it can tell. */
  get dataAlone(): boolean {
    return this.#network?.dataAlone ?? false;
  }

  /** The network has refused a text over all sides of it. */
  textsRefused(): void {
    this.#denial.refused(this.registrations);
    this.#lifetime.inBackground(() => this.#sampleAtOnce());
  }

  /** Takes the first sample; the time without a network counts from here. */
  async begin(): Promise<void> {
    this.#unregisteredSince = this.#context.clock.monotonic();
    await this.#sampleAtOnce();
  }

  /** Takes samples from now on. */
  watch(): void {
    this.#lifetime.inBackground(() => this.#sampleDetails());
    this.#lifetime.every(
      () => (this.#unregisteredSince === undefined ? healthEveryMs : registeringEveryMs),
      () => this.#check(),
    );
    this.#channel.on('echo', () => this.#onEcho());
  }

  /** Samples at once, and sets up again what the modem forgot. */
  async check(): Promise<void> {
    this.#urgent = true;
    await this.#check();
  }

  async #check(): Promise<void> {
    await this.#sampleNetwork();
    await this.#checkSettings();
    if (this.#unregisteredSince === undefined) await this.#sampleDetails();
  }

  /** The modem has told of a change: samples now, but once a second at most however often it tells. */
  notice(): void {
    if (this.#noticed) return;
    this.#noticed = true;
    const restMs = Math.max(0, this.#noticedAt + noticeEveryMs - this.#context.clock.monotonic());
    this.#lifetime.after(restMs, () => {
      this.#noticed = false;
      this.#noticedAt = this.#context.clock.monotonic();
      return this.#sampleAtOnce();
    });
  }

  async #sampleAtOnce(): Promise<void> {
    this.#urgent = true;
    await this.#sampleNetwork();
  }

  /** The modem has said that a store is full: takes out what can be taken, and looks what that was good for. */
  async relieve(): Promise<void> {
    await this.#arrivals.sweep();
    await this.#arrivals.measureStores('arrival');
    this.#learnHealth();
  }

  async #sampleNetwork(): Promise<void> {
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
      this.#urgent = false;
    }
  }

  #priority(): Priority {
    return this.#urgent || this.#unregisteredSince !== undefined ? 'control' : 'health';
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
    const format = await optional(this.#channel, readMessageFormat, this.#priority());
    const indications = await optional(this.#channel, readIndications, this.#priority());
    const wanted = this.#arrivals.indications?.values;
    const kept =
      !wanted || !indications || wanted.slice(0, 4).every((value, at) => Number(indications[at]) === value);
    if (isPduMode(format) && kept) return;
    await this.#remind();
  }

  #remind(): Promise<void> {
    this.#context.log.warn('the modem lost its settings; setting it up again');
    return this.restore();
  }

  /**
   * Why no text may be handed over to a modem that was left alone for a while; undefined where one may. It may have started
   * anew without a word: in text mode it would take the length for a number, send the digits of the PDU there, and tell of
   * a text that was sent (TS 27.005 3.5.1). Then it is set up again. One that was asleep misses what wakes it, and is asked
   * once more.
   */
  async forgotten(): Promise<ModemError | undefined> {
    const ask = () => optional(this.#channel, readMessageFormat, 'send');
    const askAgain = (error: unknown) => {
      if (error instanceof ModemError && error.code === 'timeout') return ask();
      throw error;
    };
    try {
      if (isPduMode(await ask().catch(askAgain))) return undefined;
    } catch (error) {
      if (error instanceof ModemError) return error;
      throw error;
    }
    this.#lifetime.inBackground(() => this.#remind());
    return new ModemError('restarted', readMessageFormat.text);
  }

  /** Sets up all that Postern relies on, and looks for what came unnoticed meanwhile. */
  async restore(): Promise<void> {
    await setBasics(this.#channel, this.#context.clock, this.#lifetime.signal);
    await this.#arrivals.setUp();
    await watchRegistration(this.#channel);
    await this.#arrivals.sweep();
  }

  async #sampleOnce(): Promise<void> {
    const sameCard = await this.#seat.holdsSameCard(this.#priority());
    if (!sameCard) this.#lifetime.end(new ModemError('restarted', readImsi.text));
    const sample = await sampleNetwork(this.#channel, () => this.#priority());
    this.#network = sample;
    const denied = this.#denial.holds(sample);
    const registered = sample.registered && !denied;
    const { operator, registrations } = sample;
    const registration = denied ? 'denied' : sample.registration;
    const now = this.#context.clock.monotonic();
    if (registered) this.#unregisteredSince = undefined;
    else this.#unregisteredSince ??= now;
    this.#context.learn({
      operator,
      registration,
      registrations,
      ...this.#signalAndTechnology(sample),
      state: registered ? 'ready' : 'registering',
      obstacle: registered ? undefined : this.#obstacle(denied, registration, now),
      lastSeenAt: this.#context.clock.now(),
    });
  }

  #obstacle(denied: boolean, registration: RegistrationState, now: number): Obstacle | undefined {
    if (denied) return dataAloneObstacle;
    return registrationObstacle(registration, now - (this.#unregisteredSince ?? now));
  }

  async #sampleDetails(): Promise<void> {
    await this.#sampler.sample(this.#priority());
    await this.#arrivals.measureStores(this.#priority());
    this.#learnHealth();
  }

  #learnHealth(): void {
    const sample = this.#sampler.last;
    if (!sample || !this.#network?.registered) return;
    this.#context.learn({
      ...this.#signalAndTechnology(this.#network),
      health: { ...sample.health, stores: this.#arrivals.stores },
    });
  }

  #signalAndTechnology({ signal, technology }: NetworkSample): Pick<ModemFacts, 'signal' | 'technology'> {
    const { last } = this.#sampler;
    return { signal: signal ?? last?.signal, technology: technology ?? last?.technology };
  }
}

/** A modem that cannot say it has taken AT+CMGF=0 all the same. */
function isPduMode(format: number | undefined): boolean {
  return format === undefined || format === 0;
}
