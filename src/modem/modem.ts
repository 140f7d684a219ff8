import { EventEmitter } from 'node:events';
import { delay } from '../clock.ts';
import { restart } from '../gsm/at/commands.ts';
import type { Refusal } from '../gsm/at/final-result.ts';
import { AtChannel, type ChannelLimits, type SubmitOutcome } from './at-channel.ts';
import { ModemDesk } from './desk/modem-desk.ts';
import { type CallEvent, IncomingCalls } from './incoming-call.ts';
import { ModemError } from './modem-error.ts';
import { type ModemFacts, type ModemState, unknownModem } from './modem-facts.ts';
import { Obstacle, type ObstacleCode } from './obstacle.ts';
import type { UsbPlace } from './profiles/index.ts';
import { ModemSession } from './session.ts';
import type { SessionContext } from './session-context.ts';
import { SimLock, type SimLockOrder } from './sim-lock.ts';
import { type OpenTransport, TransportError, type TransportErrorCode } from './transport.ts';

export interface ModemEvents {
  /** Something in the facts changed. */
  changed: [facts: ModemFacts, before: ModemFacts];
  /** The answer to a send that had been given up. */
  lateSubmit: [reference: number];
  lateRefusal: [refusal: Refusal, afterMs: number];
  call: [event: CallEvent];
}

/** A port where a modem is, or will be. */
export interface ModemPort {
  readonly path: string;
  readonly baudRate: number;
  /** Where on the USB it is, as far as the system tells. */
  readonly usb?: UsbPlace | undefined;
  /** It was found before that this port tells nothing of what arrives. */
  readonly deaf?: boolean;
  readonly emulated: boolean;
  readonly open: OpenTransport;
}

export interface ModemContext
  extends Omit<SessionContext, 'learn' | 'port' | 'usb' | 'lock' | 'desk' | 'deaf'> {
  readonly limits?: ChannelLimits;
}

/** Pauses between attempts to bring a modem back, by the number of failures in a row. Milliseconds. */
const restartPausesMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A port that is not there is looked for at this pace; what a person must clear is looked at again at the other. */
const absentPauseMs = 500;
const obstaclePauseMs = 10_000;

/** From this many failures in a row the modem itself is restarted, at most once in ten minutes. */
const failuresBeforeReset = 3;
const resetEveryMs = 600_000;

const portObstacles: Readonly<Record<TransportErrorCode, ObstacleCode>> = {
  absent: 'port_absent',
  busy: 'port_busy',
  forbidden: 'port_forbidden',
  closed: 'no_answer',
  stalled: 'no_answer',
  failed: 'no_answer',
};

/** Obstacles of the card, which leave the modem waiting for a person at its lock. */
const lockCodes = new Set<ObstacleCode>(['pin_needed', 'pin_refused', 'puk_needed']);

/**
 * A modem at a port, brought up again and again for as long as it is wanted: after an unplug, a hang, a restart.
 * What it knows is in `facts`; what it is told to send goes through `submit`.
 */
export class Modem extends EventEmitter<ModemEvents> {
  readonly port: ModemPort;
  /** Where a person deals with it by hand. */
  readonly desk: ModemDesk;
  readonly #context: ModemContext;
  readonly #lifetime = new AbortController();
  readonly #lock: SimLock;
  #facts: ModemFacts;
  #channel: AtChannel | undefined;
  #session: ModemSession | undefined;
  #running: Promise<void> | undefined;
  #failures = 0;
  #lastResetAt = Number.NEGATIVE_INFINITY;
  #wake = new AbortController();

  constructor(port: ModemPort, context: ModemContext) {
    super();
    this.port = port;
    this.#context = context;
    this.desk = new ModemDesk(context.clock, () => this.#wake.abort());
    this.#lock = new SimLock(context.clock, context.sims);
    this.#facts = { ...unknownModem(port.path, port.emulated), deaf: port.deaf ?? false };
  }

  get facts(): ModemFacts {
    return this.#facts;
  }

  start(): void {
    this.#running ??= this.#live();
  }

  /** Ends the exchange in flight within `graceMs` and lets the port go. */
  async stop(graceMs = 0): Promise<void> {
    this.#lifetime.abort();
    this.#wake.abort();
    await this.#channel?.stop(graceMs);
    await this.#running;
  }

  /** Hands a TPDU over; see `AtChannel.submit`. */
  submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome> {
    if (this.#channel) return this.#channel.submit(pdu, tpduLength, beforePayload);
    return Promise.resolve({ kind: 'not-submitted', error: new ModemError('closed', '') });
  }

  /** Looks the SIM up again, after a person changed its number. */
  async recognise(): Promise<void> {
    this.#wake.abort();
    await this.#session?.recognise().catch(() => undefined);
  }

  /** Looks at once whether the modem is registered and has kept its settings. */
  check(): void {
    this.#session?.check();
  }

  /** What modems with its IMEI are called has changed. */
  rename(): void {
    const { imei } = this.#facts;
    if (imei !== undefined) this.#learn({ id: this.#context.idOf(imei) });
  }

  /** Does to the lock of its SIM what a person orders. Rejects with a `SimLockError`. */
  changeLock(order: SimLockOrder): Promise<void> {
    this.#wake.abort();
    return this.#lock.perform(order);
  }

  /** Something is wrong with the modem or its SIM that a send met with: it is brought up anew. */
  repair(): void {
    this.#channel?.abandon('restarted');
    this.#channel?.emit('stalled');
  }

  async #live(): Promise<void> {
    while (!this.#lifetime.signal.aborted) {
      const pauseMs = await this.#oneSession();
      if (this.#lifetime.signal.aborted) break;
      this.#wake = new AbortController();
      await delay(this.#context.clock, pauseMs, this.#wake.signal);
    }
    this.#learn({ state: 'absent' });
  }

  /** Serves until the port is lost; says after how long to try again. */
  async #oneSession(): Promise<number> {
    const calls = new IncomingCalls(this.#context.clock, (event) => this.emit('call', event));
    try {
      const transport = await this.port.open(this.port.path, { baudRate: this.port.baudRate });
      this.#setState('opening');
      const channel = new AtChannel(transport, this.#context.clock, this.#context.log, this.#context.limits);
      this.#channel = channel;
      if (this.#lifetime.signal.aborted) return 0;
      channel.on(
        'unsolicited',
        (event) => event.type === 'submitted' && this.emit('lateSubmit', event.reference),
      );
      channel.on('unsolicited', (event) => calls.take(event));
      channel.on('lateRefusal', (refusal, afterMs) => this.emit('lateRefusal', refusal, afterMs));
      this.#session = new ModemSession(channel, {
        ...this.#context,
        port: this.port.path,
        usb: this.port.usb,
        lock: this.#lock,
        desk: this.desk,
        deaf: this.#facts.deaf,
        learn: (facts) => this.#learn(facts),
      });
      return await this.#session.run();
    } catch (error) {
      return await this.#afterLoss(error);
    } finally {
      calls.end();
      this.#session = undefined;
      const channel = this.#channel;
      this.#channel = undefined;
      await channel?.stop();
    }
  }

  async #afterLoss(error: unknown): Promise<number> {
    if (this.#lifetime.signal.aborted) return 0;
    const reason = (error as Error).message;
    if (reason !== this.#facts.obstacle?.message)
      this.#context.log.info({ port: this.port.path, reason }, 'modem lost');
    if (error instanceof TransportError && error.code === 'absent') {
      this.#lose('absent', new Obstacle('port_absent', error.message));
      return absentPauseMs;
    }
    this.#failures++;
    if (error instanceof TransportError) {
      this.#lose('attention', new Obstacle(portObstacles[error.code], error.message, error.remedy));
    } else if (error instanceof Obstacle) {
      this.#lose(lockCodes.has(error.code) ? 'locked' : 'attention', error);
      return obstaclePauseMs;
    } else {
      this.#lose('recovering', this.#silence());
      await this.#resetIfItFailsAgainAndAgain();
    }
    return restartPausesMs[Math.min(this.#failures, restartPausesMs.length) - 1] ?? 0;
  }

  #silence(): Obstacle | undefined {
    if (this.#failures < failuresBeforeReset) return undefined;
    return new Obstacle(
      'no_answer',
      `${this.port.path} does not answer as a modem. Unplug it and plug it in again.`,
    );
  }

  async #resetIfItFailsAgainAndAgain(): Promise<void> {
    const now = this.#context.clock.monotonic();
    if (this.#failures < failuresBeforeReset || now - this.#lastResetAt < resetEveryMs || !this.#facts.imei)
      return;
    this.#lastResetAt = now;
    this.#context.log.warn({ port: this.port.path }, 'restarting the modem');
    await this.#channel?.stop();
    this.#channel = undefined;
    const transport = await this.port
      .open(this.port.path, { baudRate: this.port.baudRate })
      .catch(() => undefined);
    if (!transport) return;
    const channel = new AtChannel(transport, this.#context.clock, this.#context.log);
    await channel.start().catch(() => undefined);
    await channel.run(restart, 'control').catch(() => undefined);
    await channel.stop();
  }

  /** A state that is only passed through does not hide what a person has been told to do. */
  #setState(state: ModemState): void {
    if (!this.#facts.obstacle) this.#learn({ state });
  }

  #lose(state: ModemState, obstacle: Obstacle | undefined): void {
    this.#learn({
      state,
      obstacle,
      operator: undefined,
      technology: undefined,
      registration: undefined,
      registrations: undefined,
      signal: undefined,
      health: undefined,
    });
  }

  #learn(news: Partial<ModemFacts>): void {
    const before = this.#facts;
    const passing = news.state === 'starting' || news.state === 'setting_up';
    const { state, ...rest } = news;
    this.#facts = { ...before, ...(passing && before.obstacle ? rest : news) };
    if (this.#facts.state === 'ready') this.#failures = 0;
    this.emit('changed', this.#facts, before);
  }
}
