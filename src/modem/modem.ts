import { EventEmitter } from 'node:events';
import { answersAtOnce } from './answers-at-once.ts';
import type { SubmitOutcome } from './at-channel.ts';
import { circumstancesOf } from './circumstances.ts';
import { ModemDesk } from './desk/modem-desk.ts';
import { KnownFacts } from './known-facts.ts';
import { LossCare } from './loss-care.ts';
import type { ModemContext, ModemEvents } from './modem-context.ts';
import { ModemError } from './modem-error.ts';
import { type ModemFacts, unknownModem } from './modem-facts.ts';
import { logChange } from './modem-log.ts';
import { type ModemPort, PortHandle } from './modem-port.ts';
import { Pause } from './pause.ts';
import { PortRest } from './port-rest.ts';
import { Recovery, type RecoveryNews } from './recovery.ts';
import { RecoveryMoves } from './recovery-moves.ts';
import type { RestReason } from './rest.ts';
import { atOnce, SessionCourse } from './session-course.ts';
import { SimLock, type SimLockOrder } from './sim-lock.ts';
import { TransportError } from './transport.ts';

/**
 * A modem at a port, brought up again and again for as long as it is wanted: after an unplug, a hang, a restart.
 * What it knows is in `facts`; what it is told to send goes through `submit`. How it is brought back is decided by
 * `Recovery`, and done by `SessionCourse`.
 */
export class Modem extends EventEmitter<ModemEvents> {
  readonly port: ModemPort;
  /** Where a person deals with it by hand. */
  readonly desk: ModemDesk;
  readonly #context: ModemContext;
  readonly #facts: KnownFacts;
  readonly #recovery: Recovery;
  readonly #lock: SimLock;
  readonly #handle: PortHandle;
  readonly #pause: Pause;
  readonly #rest: PortRest;
  readonly #moves: RecoveryMoves;
  readonly #course: SessionCourse;

  constructor(port: ModemPort, context: ModemContext) {
    super();
    this.port = port;
    this.#context = context;
    this.#handle = new PortHandle(port, context.devices);
    this.#pause = new Pause(port.path, context.clock);
    this.desk = new ModemDesk(context.clock, () => this.#pause.end());
    this.#lock = new SimLock(context.clock, context.sims);
    const facts = new KnownFacts(
      { ...unknownModem(port.path, port.emulated), deaf: port.deaf ?? false },
      {
        learnt: (news) => this.#onLearnt(news),
        changed: (now, before) => this.#onChanged(now, before),
      },
    );
    const { clock, log, records, cards, isDisabled = () => false } = context;
    const tell = (news: RecoveryNews) => facts.learn(news);
    this.#facts = facts;
    this.#recovery = new Recovery({ port: port.path, clock, log, records, tell });
    const handle = this.#handle;
    this.#rest = new PortRest({ port, handle, facts, clock, isDisabled });
    const isOver = () => this.#course.over || this.#rest.why !== undefined;
    this.#moves = new RecoveryMoves({ clock, log, cards, handle, pause: this.#pause, facts, isOver });
    this.#course = new SessionCourse({
      port,
      context,
      facts,
      lock: this.#lock,
      desk: this.desk,
      handle,
      rest: this.#rest,
      recovery: this.#recovery,
      losses: new LossCare(facts, this.#recovery),
      moves: this.#moves,
      told: {
        call: (event) => this.emit('call', event),
        lateSubmit: (reference) => this.emit('lateSubmit', reference),
        lateRefusal: (refusal, afterMs) => this.emit('lateRefusal', refusal, afterMs),
      },
    });
  }

  get facts(): ModemFacts {
    return this.#facts.now;
  }

  start(): void {
    this.#course.start();
  }

  /** Ends the exchange in flight within `graceMs` and lets the port go. */
  async stop(graceMs = 0): Promise<void> {
    this.#course.finish();
    this.#pause.end();
    this.#rest.endAll();
    await this.#course.channel?.stop(graceMs);
    await this.#moves.stop();
    await this.#course.ended();
  }

  /** Hands a TPDU over; see `AtChannel.submit`. */
  submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome> {
    if (this.#course.session) return this.#course.session.submit(pdu, tpduLength, beforePayload);
    return Promise.resolve({ kind: 'not-submitted', error: new ModemError('closed', '') });
  }

  /** Looks the SIM up again, after a person changed its number. */
  async recognise(): Promise<void> {
    this.#pause.end();
    await this.#course.session?.recognise().catch(() => undefined);
  }

  /** Looks at once whether the modem is registered and has kept its settings. */
  check(): void {
    this.#course.session?.check();
  }

  /** Whether it has told of a text or report that was not read yet. */
  get unread(): boolean {
    return this.#course.session?.unread ?? false;
  }

  /** How it stands now, in plain words; undefined where it cannot be asked. */
  async circumstances(): Promise<string | undefined> {
    return this.#course.channel && (await circumstancesOf(this.#course.channel).catch(() => undefined));
  }

  /** What modems with its IMEI are called has changed. */
  rename(): void {
    const { imei } = this.#facts.now;
    if (imei !== undefined) this.#facts.learn({ id: this.#context.idOf(imei) });
  }

  /** Does to the lock of its SIM what a person orders. Rejects with a `SimLockError`. */
  changeLock(order: SimLockOrder): Promise<void> {
    this.#pause.end();
    return this.#lock.perform(order);
  }

  /** The system says that the port is gone, which its driver need not tell whoever has it open. */
  portGone(): void {
    this.#course.channel?.lose(new TransportError('absent', `${this.port.path} is not plugged in any more.`));
    this.#rest.expectAnother();
  }

  /** Something is wrong with the modem or its SIM that a send met with: it is brought up anew. */
  repair(): void {
    if (!this.#course.session) return;
    this.#course.end(this.#recovery.failed('trouble', 'a text could not be handed over'));
  }

  /** Lets the port go until `takeUp`; the exchange in flight may end within `graceMs`. */
  async letGo(why: RestReason, graceMs = 0): Promise<void> {
    this.#rest.begin(why);
    this.#pause.end();
    await this.#course.channel?.stop(graceMs);
    await this.#moves.stop();
    await this.#handle.close();
    this.#rest.tell();
  }

  /** Lets the port go for as long as the modem is served at another one. */
  async standBy(other: string): Promise<void> {
    this.#facts.learn({ sameAs: other });
    await this.letGo('standing-by');
  }

  /** Opens the port again that was let go for this reason. */
  takeUp(why: RestReason): void {
    this.#rest.end(why);
  }

  /** The machine slept, or its clock jumped: the modem is asked at once, and what fails now is not its fault. */
  async resumed(): Promise<void> {
    this.#recovery.forgive();
    this.takeUp('asleep');
    this.#pause.end();
    const channel = this.#course.channel;
    if (!channel || !this.#course.session) return;
    if (await answersAtOnce(channel, this.#context.clock)) this.#course.session?.checkAll();
    else if (this.#course.channel === channel) this.#course.end(atOnce);
  }

  /** What else follows from what became known. */
  #onLearnt(news: Partial<ModemFacts>): void {
    if (news.imei) this.#recovery.identified(news.imei);
    if (news.id && this.#course.session && this.#context.isDisabled?.(news.id)) void this.letGo('released');
    if (news.state === 'ready' || news.state === 'registering') this.#recovery.serving();
  }

  #onChanged(facts: ModemFacts, before: ModemFacts): void {
    logChange(this.#context.log, facts, before);
    this.emit('changed', facts, before);
  }
}
