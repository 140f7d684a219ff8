import { EventEmitter } from 'node:events';
import { type Clock, delay, type Timer } from '../clock.ts';
import { attention, type Command, submitMessage } from '../gsm/at/commands.ts';
import {
  beginExchange,
  type CommandLine,
  type Exchange,
  type Input,
  type LossCause,
  type Outcome,
  phaseLimitMs,
  receptionOf,
  step,
} from '../gsm/at/exchange.ts';
import { finalResult, type Refusal } from '../gsm/at/final-result.ts';
import { LineCutter, type Token } from '../gsm/at/line-cutter.ts';
import { judgeUnsolicited, type Unsolicited } from '../gsm/at/unsolicited.ts';
import type { Logger } from '../log.ts';
import { JobQueue, type Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import { PendingHeader } from './pending-header.ts';
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

/** The PDU that is being handed over. */
interface Payload {
  /** Commits what must be on disk before the first octet leaves. */
  readonly before: () => void;
  /** Called with the `+CMGS:` line. */
  readonly accepted: (line: string) => void;
  failure?: { readonly cause: unknown };
  writtenAt?: number;
}

const escapeOctet = '\x1b';
const controlZ = '\x1a';

/** Tries to bring the modem back into step, and the pause after the ESC in which its answer is thrown away. */
const synchroniseTries = 10;
const drainMs = 300;

/** Reports that come while a prompt is awaited are held back, but never more than these. */
const mostHeldReports = 1_000;

/** How long the port stays busy after `+CMGS:` when the modem forgets its OK. */
const lingerMs = 5_000;

/**
 * The one owner of a port: one exchange in flight, everything else waits its turn by priority. After a time-out
 * the line is brought back into step before the next command, so that nothing late can complete another command.
 *
 * ```
 *   jobs ─► exchange (pure) ─► transport ─► wire
 *   wire ─► transport ─► line cutter ─► exchange, else table of unsolicited results ─► `unsolicited`
 * ```
 */
export class AtChannel extends EventEmitter<ChannelEvents> {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #limits: ChannelLimits;
  readonly #cutter = new LineCutter();
  readonly #header: PendingHeader;
  readonly #jobs: JobQueue;
  #over: LossCause | undefined;
  #exchange: Exchange | undefined;
  #settle: ((outcome: Outcome) => void) | undefined;
  #timer: Timer | undefined;
  #payload: Payload | undefined;
  /** Reports that came while a prompt was awaited. */
  readonly #heldReports: Unsolicited[] = [];
  /** Commands written whose final result has not come: what was given up may still be answered. */
  #owed = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** Least time between an answer and the next command, for modems that lose what comes sooner. Milliseconds. */
  pauseMs = 0;
  /** Takes an error that comes with nothing pending, while the answer to a send is listened for. */
  #onLateRefusal: ((refusal: Refusal) => void) | undefined;

  constructor(transport: Transport, clock: Clock, log: Logger, limits: ChannelLimits = defaultChannelLimits) {
    super();
    this.#transport = transport;
    this.#clock = clock;
    this.#log = log;
    this.#limits = limits;
    this.#header = new PendingHeader(clock);
    this.#jobs = new JobQueue(clock);
  }

  /**
   * Listens, to what was said before first (`unheard`), and brings the modem into step. The first octet is ESC: a crash
   * may have left it at a prompt.
   */
  async start(unheard = ''): Promise<void> {
    this.#transport.on('data', this.#onData);
    this.#transport.on('close', this.#onClose);
    if (unheard !== '') this.#onData(unheard);
    await this.#job('control', () => this.#synchronise(true));
  }

  /** Drops what waits, lets the exchange in flight end for at most `graceMs`, and closes the port. */
  async stop(graceMs = 0): Promise<void> {
    this.#jobs.drop();
    if (this.#jobs.busy && graceMs > 0) await this.#idleWithin(graceMs);
    this.#onClose(undefined);
    await this.#transport.close();
    this.leave();
  }

  /** Lets go of the port without closing it: another channel may go on there. */
  leave(): void {
    this.#onClose(undefined);
    this.#transport.off('data', this.#onData);
    this.#transport.off('close', this.#onClose);
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
      const outcome = await this.#perform(command);
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
    this.#over ??= cause;
    this.#jobs.drop();
    this.#input({ type: 'lost', cause });
  }

  /** The port is lost, whatever the transport says. */
  lose(cause: Error): void {
    this.#onClose(cause);
  }

  #job<Result>(priority: Priority, work: () => Promise<Result>): Promise<Result> {
    if (this.#over) return Promise.reject(new ModemError(this.#over, ''));
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
    const outcome = await this.#perform(command);
    if (outcome.kind === 'ok') return command.parse(outcome.lines);
    if (outcome.kind === 'refused') throw new ModemError('refused', command.text, outcome.refusal);
    if (outcome.cause === 'timeout') await this.#afterTimeout(command);
    throw new ModemError(outcome.cause, command.text);
  }

  #afterTimeout(command: CommandLine): Promise<void> {
    return this.#synchronise(command.leavesPrompt === true).catch(() => undefined);
  }

  #perform(command: CommandLine): Promise<Outcome> {
    const restMs = this.#answeredAt + this.pauseMs - this.#clock.monotonic();
    if (this.pauseMs === 0 || restMs <= 0) return this.#performNow(command);
    return delay(this.#clock, restMs).then(() => this.#performNow(command));
  }

  /** The answer is awaited before the first octet is written; the clock starts when the last one is. */
  #performNow(command: CommandLine): Promise<Outcome> {
    if (this.#over)
      return Promise.resolve({ kind: 'lost', cause: this.#over, payloadWritten: false, lines: [] });
    this.#exchange = beginExchange(command);
    this.#owed++;
    this.#cutter.promptAwaited = command.payload !== undefined || command.leavesPrompt === true;
    const exchange = this.#exchange;
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#write(`${command.text}\r`).then(() => {
        if (this.#exchange === exchange) this.#armTimer();
      });
    });
  }

  #input(input: Input): void {
    if (!this.#exchange) return;
    const next = step(this.#exchange, input);
    if (next === this.#exchange) return;
    this.#exchange = next;
    this.#armTimer();
    if (next.phase === 'payload') this.#writePayload(next.command);
    this.#tellHeldReports();
    if (next.phase !== 'done') return;
    this.#exchange = undefined;
    this.#answeredAt = this.#clock.monotonic();
    this.#cutter.promptAwaited = false;
    this.emit('ended', next.command, next.outcome);
    this.#settle?.(next.outcome);
  }

  #armTimer(limitMs = this.#exchange && phaseLimitMs(this.#exchange)): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (limitMs === undefined) return;
    this.#timer = this.#clock.after(limitMs, () => this.#input({ type: 'lost', cause: 'timeout' }));
  }

  #write(octets: string): Promise<void> {
    return this.#transport.write(octets).catch((error: Error) => {
      this.#log.debug({ err: error, path: this.#transport.path }, 'write failed');
      this.#onClose(error);
    });
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
      this.#armTimer(lingerMs);
    };
    const payload: Payload = { before, accepted };
    this.#payload = payload;
    const outcome = await this.#perform(command);
    this.#payload = undefined;
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

  #writePayload(command: CommandLine): void {
    const payload = this.#payload;
    if (!payload) return;
    try {
      payload.before();
    } catch (cause) {
      payload.failure = { cause };
      return this.#input({ type: 'lost', cause: 'timeout' });
    }
    payload.writtenAt = this.#clock.monotonic();
    this.#write(`${command.payload?.text}${controlZ}`);
    this.#input({ type: 'payload-written' });
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
    while (!heard.signal.aborted && !this.#over && this.#clock.monotonic() < end) {
      const probe = await this.#perform(attention);
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
    if (promptPossible) await this.#escape();
    this.#cutter.reset();
    this.#header.forget();
    let inStep = 0;
    for (let attempt = 0; attempt < synchroniseTries && !this.#over; attempt++) {
      const outcome = await this.#perform(attention);
      inStep = outcome.kind === 'ok' ? inStep + 1 : 0;
      if (promptPossible && outcome.kind === 'lost') await this.#escape();
      if (inStep >= 2 && (await this.#nothingFollows())) return;
    }
    if (!this.#over) {
      this.abandon('timeout');
      this.emit('stalled');
    }
    throw new ModemError(this.#over ?? 'timeout', attention.text);
  }

  /** A prompt may come even after the first ESC, and would swallow every AT. */
  async #escape(): Promise<void> {
    if (this.#over) return;
    await this.#write(`${escapeOctet}\r`);
    await delay(this.#clock, drainMs);
  }

  /** Waits for answers that are still owed; those that do not come in the time of an AT were swallowed. */
  async #nothingFollows(): Promise<boolean> {
    const owed = this.#owed;
    if (owed > 0) await delay(this.#clock, attention.timeoutMs);
    if (this.#over || this.#owed < owed) return false;
    this.#owed = 0;
    return true;
  }

  // Arriving octets ----------------------------------------------------------------------------------------------

  readonly #onData = (octets: string): void => {
    for (const token of this.#cutter.push(octets)) this.#onToken(token);
  };

  readonly #onClose = (cause: Error | undefined): void => {
    if (this.#over === 'closed') return;
    this.#over = undefined;
    this.abandon('closed');
    this.emit('closed', cause);
  };

  #onToken(token: Token): void {
    if (token.type === 'prompt') return this.#onPrompt();
    const line = token.text;
    if (this.#completesUnsolicited(line)) return;
    const reception = this.#exchange ? receptionOf(this.#exchange, line) : 'foreign';
    if (reception !== 'own' && finalResult(line)) this.#owed = Math.max(0, this.#owed - 1);
    if (reception === 'echo') return void this.emit('echo');
    if (reception !== 'foreign') return this.#onOwnLine(line);
    this.#onForeignLine(line);
  }

  #onPrompt(): void {
    this.#input({ type: 'prompt' });
    if (this.#exchange?.command.leavesPrompt) void this.#write(escapeOctet);
  }

  #onOwnLine(line: string): void {
    this.#input({ type: 'line', text: line });
    if (line.startsWith('+CMGS:')) this.#payload?.accepted(line);
  }

  #onForeignLine(line: string): void {
    const verdict = judgeUnsolicited(line);
    if (verdict.kind === 'header') this.#header.begin(verdict.pending);
    else if (verdict.kind === 'unsolicited') this.#tell(verdict.event);
    else if (this.#exchange?.command.freeText) this.#input({ type: 'line', text: line });
    else this.#onStrayLine(line);
  }

  #onStrayLine(line: string): void {
    const final = finalResult(line);
    if (!final) this.#log.debug({ line, path: this.#transport.path }, 'line of no known kind');
    else if (!final.ok) this.#onLateRefusal?.(final.refusal);
  }

  #completesUnsolicited(line: string): boolean {
    const event = this.#header.complete(line);
    if (event) this.#tell(event);
    return event !== undefined;
  }

  /** Writing a report down takes the time in which a PDU could be on its way: at a prompt the PDU goes first. */
  #tell(event: Unsolicited): void {
    const held = this.#heldReports;
    const waits = event.type === 'report' && this.#exchange?.phase === 'prompt';
    if (waits && held.length < mostHeldReports) held.push(event);
    else this.emit('unsolicited', event);
  }

  #tellHeldReports(): void {
    for (const event of this.#heldReports.splice(0)) this.emit('unsolicited', event);
  }
}
