import { EventEmitter } from 'node:events';
import { type Clock, delay } from '../clock.ts';
import { attention, type Command, submitMessage } from '../gsm/at/commands.ts';
import type { CommandLine, LossCause, Outcome } from '../gsm/at/exchange.ts';
import type { Refusal } from '../gsm/at/final-result.ts';
import type { Unsolicited } from '../gsm/at/unsolicited.ts';
import type { Logger } from '../log.ts';
import { AtLine, type Payload } from './at-line.ts';
import { JobQueue, type Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import type { Transport } from './transport.ts';

/** Runs one command inside a sequence that nothing else can come between. */
export type Run = <Answer>(command: Command<Answer>) => Promise<Answer>;

export interface Conversation {
  readonly outcome: Outcome;
  readonly elapsedMs: number;
}

/**
 * What became of a PDU. `not-submitted`: nothing of it was written. `unknown`: it may have been taken, and no result
 * is known. `afterMs` counts from the writing of the PDU.
 */
export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly reference: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly afterMs: number }
  | { readonly kind: 'not-submitted'; readonly error: ModemError }
  | { readonly kind: 'unknown'; readonly cause: LossCause };

export interface ChannelEvents {
  unsolicited: [event: Unsolicited];
  /** An exchange came to its end; told before what follows on the wire is looked at. */
  ended: [command: CommandLine, outcome: Outcome];
  /** A command came back as it was written: the modem echoes. */
  echo: [];
  /** An error code for a send that had been given up. */
  lateRefusal: [refusal: Refusal, afterMs: number];
  /** The modem did not come back into step: nothing more can be had over this port as it is. */
  stalled: [];
  closed: [cause: Error | undefined];
}

export interface ChannelLimits {
  readonly promptTimeoutMs: number;
  readonly resultTimeoutMs: number;
  /** How long a late answer to a send is listened for before anything else is written. */
  readonly lateResultMs: number;
}

/** As `semantics` promises: 10 s for the prompt, 120 s for the network, 60 s more of listening. */
export const defaultChannelLimits: ChannelLimits = {
  promptTimeoutMs: 10_000,
  resultTimeoutMs: 120_000,
  lateResultMs: 60_000,
};

/** Tries to bring the modem back into step, and the pause after the ESC in which its answer is thrown away. */
const synchroniseTries = 10;
const drainMs = 300;

/** How long the port stays busy after `+CMGS:` when the modem forgets its OK. */
const lingerMs = 5_000;

/**
 * The one owner of a port: one exchange in flight, everything else waits its turn by priority. After a time-out
 * the line is brought back into step before the next command, so that nothing late can complete another command.
 */
export class AtChannel extends EventEmitter<ChannelEvents> {
  readonly #line: AtLine;
  readonly #clock: Clock;
  readonly #limits: ChannelLimits;
  readonly #jobs: JobQueue;
  /** Takes an error that comes with nothing pending, while the answer to a send is listened for. */
  #onLateRefusal: ((refusal: Refusal) => void) | undefined;

  constructor(transport: Transport, clock: Clock, log: Logger, limits: ChannelLimits = defaultChannelLimits) {
    super();
    this.#clock = clock;
    this.#limits = limits;
    this.#jobs = new JobQueue(clock);
    this.#line = new AtLine(transport, clock, log, {
      unsolicited: (event) => this.emit('unsolicited', event),
      ended: (command, outcome) => this.emit('ended', command, outcome),
      echo: () => this.emit('echo'),
      strayRefusal: (refusal) => this.#onLateRefusal?.(refusal),
      closed: (cause) => this.#onClosed(cause),
    });
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
    await this.#job('control', () => this.#synchronise(true));
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
      if (outcome.kind === 'lost' && outcome.cause === 'timeout') await this.#afterTimeout(command);
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
      this.#job('send', () => this.#submit(pdu, tpduLength, beforePayload, resolve)).then(
        undefined,
        (error) => {
          if (error instanceof ModemError) resolve({ kind: 'not-submitted', error });
          else reject(error);
        },
      );
    });
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

  // Exchanges ----------------------------------------------------------------------------------------------------

  async #run<Answer>(command: Command<Answer>): Promise<Answer> {
    const outcome = await this.#line.perform(command);
    if (outcome.kind === 'ok') return command.parse(outcome.lines);
    if (outcome.kind === 'refused') throw new ModemError('refused', command.text, outcome.refusal);
    if (outcome.cause === 'timeout') await this.#afterTimeout(command);
    throw new ModemError(outcome.cause, command.text);
  }

  #afterTimeout(command: CommandLine): Promise<void> {
    return this.#synchronise(command.leavesPrompt === true).catch(() => undefined);
  }

  // Sending ------------------------------------------------------------------------------------------------------

  async #submit(
    pdu: string,
    tpduLength: number,
    before: () => void,
    resolve: (outcome: SubmitOutcome) => void,
  ): Promise<void> {
    const command = submitMessage(pdu, tpduLength, this.#limits);
    const accepted = (line: string) => {
      resolve({ kind: 'accepted', reference: command.parse([line]) ?? 0 });
      this.#line.endWithin(lingerMs);
    };
    const payload: Payload = { before, accepted };
    const outcome = await this.#line.perform(command, payload);
    if (payload.failure) {
      await this.#synchronise(true).catch(() => undefined);
      throw payload.failure.cause;
    }
    resolve(this.#submitOutcome(command, outcome, payload.writtenAt));
    await this.#afterSubmit(outcome, payload.writtenAt ?? 0);
  }

  #submitOutcome(command: Command<number | undefined>, outcome: Outcome, writtenAt = 0): SubmitOutcome {
    if (outcome.kind === 'ok') return { kind: 'accepted', reference: command.parse(outcome.lines) ?? 0 };
    if (outcome.kind === 'refused') {
      const error = new ModemError('refused', command.text, outcome.refusal);
      if (!outcome.payloadWritten) return { kind: 'not-submitted', error };
      return { kind: 'refused', refusal: outcome.refusal, afterMs: this.#clock.monotonic() - writtenAt };
    }
    if (outcome.payloadWritten) return { kind: 'unknown', cause: outcome.cause };
    return { kind: 'not-submitted', error: new ModemError(outcome.cause, command.text) };
  }

  async #afterSubmit(outcome: Outcome, writtenAt: number): Promise<void> {
    if (outcome.kind !== 'lost' || outcome.cause !== 'timeout') return;
    if (outcome.payloadWritten && outcome.lines.length === 0) await this.#listenForLateResult(writtenAt);
    else await this.#synchronise(true);
  }

  /**
   * Nothing but AT is written while the answer to a send may still come: a result that came during another send
   * could not be told from that one's own.
   */
  async #listenForLateResult(writtenAt: number): Promise<void> {
    const end = this.#clock.monotonic() + this.#limits.lateResultMs;
    const heard = new AbortController();
    const listener = (event: Unsolicited) => {
      if (event.type === 'submitted') heard.abort();
    };
    this.on('unsolicited', listener);
    this.#onLateRefusal = (refusal) => {
      if (refusal.kind !== 'cms' || heard.signal.aborted) return;
      heard.abort();
      this.emit('lateRefusal', refusal, this.#clock.monotonic() - writtenAt);
    };
    while (!heard.signal.aborted && !this.#line.over && this.#clock.monotonic() < end) {
      const probe = await this.#line.perform(attention);
      if (probe.kind === 'refused') this.#onLateRefusal(probe.refusal);
      await delay(this.#clock, Math.min(5_000, Math.max(0, end - this.#clock.monotonic())), heard.signal);
    }
    this.#onLateRefusal = undefined;
    this.off('unsolicited', listener);
    await this.#synchronise(true);
  }

  // Coming into step ---------------------------------------------------------------------------------------------

  /**
   * ESC where a prompt is possible, then AT until two answers come in a row and nothing after them: an answer that
   * comes late makes the one to AT come late as well, and that one would complete the next command.
   */
  async #synchronise(promptPossible: boolean): Promise<void> {
    if (promptPossible) await this.#line.escape(drainMs);
    this.#line.forgetUnfinished();
    let inStep = 0;
    for (let attempt = 0; attempt < synchroniseTries && !this.#line.over; attempt++) {
      const outcome = await this.#line.perform(attention);
      inStep = outcome.kind === 'ok' ? inStep + 1 : 0;
      // A prompt may come even after the first ESC, and would swallow every AT.
      if (promptPossible && outcome.kind === 'lost') await this.#line.escape(drainMs);
      if (inStep >= 2 && (await this.#nothingFollows())) return;
    }
    if (!this.#line.over) {
      this.abandon('timeout');
      this.emit('stalled');
    }
    throw new ModemError(this.#line.over ?? 'timeout', attention.text);
  }

  /** Waits for answers that are still owed; those that do not come in the time of an AT were swallowed. */
  async #nothingFollows(): Promise<boolean> {
    const { owed } = this.#line;
    if (owed > 0) await delay(this.#clock, attention.timeoutMs);
    if (this.#line.over || this.#line.owed < owed) return false;
    this.#line.forgive();
    return true;
  }
}
