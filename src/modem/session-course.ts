import type { Refusal } from '../gsm/at/final-result.ts';
import { AtChannel } from './at-channel.ts';
import type { ModemDesk } from './desk/modem-desk.ts';
import { type CallEvent, IncomingCalls } from './incoming-call.ts';
import type { KnownFacts } from './known-facts.ts';
import { leavesCardInDoubt } from './loss.ts';
import type { LossCare } from './loss-care.ts';
import type { ModemContext } from './modem-context.ts';
import type { ModemPort, PortHandle } from './modem-port.ts';
import type { PortRest } from './port-rest.ts';
import type { Recovery } from './recovery.ts';
import type { Move } from './recovery-ladder.ts';
import type { RecoveryMoves } from './recovery-moves.ts';
import { ModemSession } from './session.ts';
import type { EarlyArrival } from './session-context.ts';
import type { SimLock } from './sim-lock.ts';

/** After an interruption that is nobody's fault, the port is opened anew at once. */
export const atOnce: Move = { action: 'reopen', pauseMs: 0 };

/** What the sessions of a modem have in common. */
export interface CourseParts {
  readonly port: ModemPort;
  readonly context: ModemContext;
  readonly facts: KnownFacts;
  readonly lock: SimLock;
  readonly desk: ModemDesk;
  readonly handle: PortHandle;
  readonly rest: PortRest;
  readonly recovery: Recovery;
  readonly losses: LossCare;
  readonly moves: RecoveryMoves;
  /** Told of what is no matter of the modem's own state. */
  readonly told: {
    readonly call: (event: CallEvent) => void;
    readonly lateSubmit: (reference: number) => void;
    readonly lateRefusal: (refusal: Refusal, afterMs: number) => void;
  };
}

/** The sessions of a modem, one after another, with what is done in between to bring it back. */
export class SessionCourse {
  readonly #parts: CourseParts;
  readonly #lifetime = new AbortController();
  readonly #early: EarlyArrival[] = [];
  #channel: AtChannel | undefined;
  #session: ModemSession | undefined;
  #running: Promise<void> | undefined;
  /** What to do after a session that was ended on purpose. */
  #next: Move | undefined;

  constructor(parts: CourseParts) {
    this.#parts = parts;
  }

  /** The session that goes on now. */
  get session(): ModemSession | undefined {
    return this.#session;
  }

  /** The channel on the port while that is open. */
  get channel(): AtChannel | undefined {
    return this.#channel;
  }

  /** Whether no other session is to begin. */
  get over(): boolean {
    return this.#lifetime.signal.aborted;
  }

  start(): void {
    this.#running ??= this.#live();
  }

  /** No other session begins from now on. */
  finish(): void {
    this.#lifetime.abort();
  }

  /** Settles when the last session has ended and the port was let go. */
  async ended(): Promise<void> {
    await this.#running;
  }

  /** Ends the session, to do this next. */
  end(move: Move): void {
    if (!this.#session) return;
    this.#next = move;
    this.#channel?.abandon('restarted');
    this.#channel?.emit('stalled');
  }

  async #live(): Promise<void> {
    const { port, context, facts, handle, moves, recovery, rest } = this.#parts;
    if (context.isDisabled?.(port.path)) rest.begin('released');
    while (!this.over) {
      const move = rest.why ? atOnce : await this.#oneSession();
      if (this.over) break;
      if (rest.why) await rest.stayAway();
      else await moves.perform(move);
    }
    await handle.close();
    recovery.release();
    facts.learn({ state: 'absent' });
  }

  /** Serves until the modem is lost; says what to do then. */
  async #oneSession(): Promise<Move> {
    const { port, context, facts, lock, desk, handle, rest, told } = this.#parts;
    const calls = new IncomingCalls(context.clock, told.call);
    try {
      const channel = await this.#openChannel();
      channel.on('unsolicited', (event) => calls.take(event));
      if (this.over || rest.why) return atOnce;
      this.#session = new ModemSession(channel, {
        ...context,
        port: port.path,
        usb: port.usb,
        lock,
        desk,
        deaf: facts.now.deaf,
        learn: (news) => facts.learn(news),
        unheard: handle.takeUnheard(),
        early: this.#early,
      });
      return await this.#session.run();
    } catch (error) {
      return this.over ? atOnce : this.#afterLoss(error);
    } finally {
      calls.end();
      this.#session = undefined;
      this.#channel?.leave();
      this.#channel = undefined;
    }
  }

  /** A channel on the port, which may still be open from the session before. */
  async #openChannel(): Promise<AtChannel> {
    const { context, facts, handle, recovery, told } = this.#parts;
    const { clock, log, limits } = context;
    const transport = await handle.open();
    recovery.opened();
    if (facts.now.sameAs !== undefined) facts.learn({ sameAs: undefined });
    facts.pass('opening');
    const channel = new AtChannel(transport, clock, log, limits);
    this.#channel = channel;
    channel.on('unsolicited', (event) => event.type === 'submitted' && told.lateSubmit(event.reference));
    channel.on('lateRefusal', told.lateRefusal);
    channel.on('ended', (command, outcome) => {
      const move = recovery.heard(command, outcome);
      if (move) this.end(move);
    });
    return channel;
  }

  #afterLoss(error: unknown): Move {
    const { facts, lock, losses, rest } = this.#parts;
    const intended = this.#next;
    this.#next = undefined;
    if (rest.why || leavesCardInDoubt(error)) lock.unnamed.forget();
    if (rest.why) return atOnce;
    if (intended) return losses.recovering(intended);
    const move = losses.moveAfter(error);
    if (facts.now.state === 'absent') this.#early.length = 0;
    return move;
  }
}
