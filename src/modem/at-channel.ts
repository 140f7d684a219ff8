import { EventEmitter } from 'node:events';
import { type Clock, delay } from '../clock.ts';
import type { Command } from '../gsm/at/commands.ts';
import type { CommandLine, LossCause, Outcome } from '../gsm/at/exchange.ts';
import type { Logger } from '../log.ts';
import { AtLine } from './at-line.ts';
import type { ChannelEvents } from './channel-events.ts';
import { JobQueue, type Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import { type ChannelLimits, defaultChannelLimits, Submission, type SubmitOutcome } from './submission.ts';
import { Synchronisation } from './synchronisation.ts';
import type { Transport } from './transport.ts';

/** Runs one command inside a sequence that nothing else can come between. */
export type Run = <Answer>(command: Command<Answer>) => Promise<Answer>;

export interface Conversation {
  readonly outcome: Outcome;
  readonly elapsedMs: number;
}

/**
 * The one owner of a port: one exchange in flight, everything else waits its turn by priority. After a time-out
 * the line is brought back into step before the next command, so that nothing late can complete another command.
 */
export class AtChannel extends EventEmitter<ChannelEvents> {
  readonly #line: AtLine;
  readonly #clock: Clock;
  readonly #jobs: JobQueue;
  readonly #synchronisation: Synchronisation;
  readonly #submission: Submission;

  constructor(transport: Transport, clock: Clock, log: Logger, limits: ChannelLimits = defaultChannelLimits) {
    super();
    this.#clock = clock;
    this.#jobs = new JobQueue(clock);
    this.#line = new AtLine(transport, clock, log, {
      unsolicited: (event) => this.emit('unsolicited', event),
      ended: (command, outcome) => this.emit('ended', command, outcome),
      echo: () => this.emit('echo'),
      strayRefusal: (refusal) => this.#submission.strayRefusal(refusal),
      closed: (cause) => this.#onClosed(cause),
    });
    this.#synchronisation = new Synchronisation(this.#line, clock, () => {
      this.abandon('timeout');
      this.emit('stalled');
    });
    this.#submission = new Submission(this, this.#line, clock, limits, this.#synchronisation);
  }

  /** Least time between an answer and the next command, for modems that lose what comes sooner. Milliseconds. */
  set pauseMs(ms: number) {
    this.#line.pauseMs = ms;
  }

  /**
   * Listens, to what was said before first (`unheard`), and brings the modem into step. The first octet is ESC: a crash
   * may have left it at a prompt.
   */
  async start(unheard = ''): Promise<void> {
    this.#line.listen(unheard);
    await this.#job('control', () => this.#synchronisation.run(true));
  }

  /** Drops what waits, lets the exchange in flight end for at most `graceMs`, and closes the port. */
  async stop(graceMs = 0): Promise<void> {
    this.#jobs.drop();
    if (this.#jobs.busy && graceMs > 0) await this.#idleWithin(graceMs);
    await this.#line.close();
  }

  /** Lets go of the port without closing it: another channel may go on there. */
  leave(): void {
    this.#line.leave();
  }

  /** Runs one command by itself. Rejects with a `ModemError`. */
  run<Answer>(command: Command<Answer>, priority: Priority = 'health'): Promise<Answer> {
    return this.#job(priority, () => this.#run(command));
  }

  /**
   * Runs one command by itself and tells how it ended, whatever that was, and how long it took from its first octet.
   * Rejects only where it was never written.
   */
  converse(command: CommandLine, priority: Priority): Promise<Conversation> {
    return this.#job(priority, async () => {
      const startedAt = this.#clock.monotonic();
      const outcome = await this.#line.perform(command);
      const elapsedMs = this.#clock.monotonic() - startedAt;
      if (outcome.kind === 'lost' && outcome.cause === 'timeout')
        await this.#synchronisation.afterTimeout(command);
      return { outcome, elapsedMs };
    });
  }

  /** Runs `work` with the port to itself from its first command to its last. */
  sequence<Result>(priority: Priority, work: (run: Run) => Promise<Result>): Promise<Result> {
    return this.#job(priority, () => work((command) => this.#run(command)));
  }

  /**
   * Hands a TPDU over, TS 27.005 3.5.1. `beforePayload` runs after the prompt and before the first octet of the PDU
   * is written; if it throws, the prompt is left with ESC, nothing is sent, and the exception is passed on. Resolves
   * as soon as the result is known; the port stays busy until the modem's final OK.
   */
  submit(pdu: string, tpduLength: number, beforePayload: () => void): Promise<SubmitOutcome> {
    return new Promise((resolve, reject) => {
      this.#job('send', () => this.#submission.run(pdu, tpduLength, beforePayload, resolve)).then(
        undefined,
        (error) => {
          if (error instanceof ModemError) resolve({ kind: 'not-submitted', error });
          else reject(error);
        },
      );
    });
  }

  /** How long ago the modem was last asked anything, in milliseconds. */
  get idleMs(): number {
    return this.#line.idleMs;
  }

  /** Lets no text begin until `letSendsGo`; `told` is called for each that waits meanwhile. */
  holdSends(told: () => void): void {
    this.#jobs.holdSends(told);
  }

  letSendsGo(): void {
    this.#jobs.letSendsGo();
  }

  /** Ends the exchange in flight without an answer, and lets no further one begin. */
  abandon(cause: LossCause): void {
    this.#jobs.drop();
    this.#line.abandon(cause);
  }

  /** The port is lost, whatever the transport says. */
  lose(cause: Error): void {
    this.#line.lose(cause);
  }

  #onClosed(cause: Error | undefined): void {
    this.#jobs.drop();
    this.emit('closed', cause);
  }

  #job<Result>(priority: Priority, work: () => Promise<Result>): Promise<Result> {
    const { over } = this.#line;
    if (over) return Promise.reject(new ModemError(over, ''));
    return this.#jobs.add(priority, work);
  }

  async #idleWithin(graceMs: number): Promise<void> {
    const patience = new AbortController();
    const waiting = delay(this.#clock, graceMs, patience.signal);
    const idle = this.#job('health', async () => patience.abort()).catch(() => undefined);
    await Promise.race([waiting, idle]);
    patience.abort();
  }

  async #run<Answer>(command: Command<Answer>): Promise<Answer> {
    const outcome = await this.#line.perform(command);
    if (outcome.kind === 'ok') return command.parse(outcome.lines);
    if (outcome.kind === 'refused') throw new ModemError('refused', command.text, outcome.refusal);
    if (outcome.cause === 'timeout') await this.#synchronisation.afterTimeout(command);
    throw new ModemError(outcome.cause, command.text);
  }
}

export type { ChannelEvents } from './channel-events.ts';
export { type ChannelLimits, defaultChannelLimits, type SubmitOutcome } from './submission.ts';
