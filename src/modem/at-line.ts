import { type Clock, delay, type Timer } from '../clock.ts';
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
import { PendingHeader } from './pending-header.ts';
import type { Transport } from './transport.ts';

/** Who is told what comes over a line. */
export interface LineListener {
  readonly unsolicited: (event: Unsolicited) => void;
  /** An exchange came to its end; told before what follows on the wire is looked at. */
  readonly ended: (command: CommandLine, outcome: Outcome) => void;
  /** A command came back as it was written: the modem echoes. */
  readonly echo: () => void;
  /** An error came that answers nothing. */
  readonly strayRefusal: (refusal: Refusal) => void;
  readonly closed: (cause: Error | undefined) => void;
}

/** A text that is written at the prompt of its command, as a PDU is. */
export interface Payload {
  /** Commits what must be on disk before the first octet leaves; if it throws, nothing is written. */
  readonly before: () => void;
  /** Called with the `+CMGS:` line. */
  readonly accepted: (line: string) => void;
  failure?: { readonly cause: unknown };
  writtenAt?: number;
}

const escapeOctet = '\x1b';
const controlZ = '\x1a';

/** Reports that come while a prompt is awaited are held back, but never more than these. */
const mostHeldReports = 1_000;

/**
 * One exchange at a time over a transport, and all that the modem says beside it.
 *
 * ```
 *   command ─► exchange (pure) ─► transport ─► wire
 *   wire ─► transport ─► line cutter ─► exchange, else table of unsolicited results ─► listener
 * ```
 */
export class AtLine {
  /** Least time between an answer and the next command, for modems that lose what comes sooner. Milliseconds. */
  pauseMs = 0;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listener: LineListener;
  readonly #cutter = new LineCutter();
  readonly #header: PendingHeader;
  readonly #heldReports: Unsolicited[] = [];
  #over: LossCause | undefined;
  #exchange: Exchange | undefined;
  #settle: ((outcome: Outcome) => void) | undefined;
  #timer: Timer | undefined;
  #payload: Payload | undefined;
  #owed = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(transport: Transport, clock: Clock, log: Logger, listener: LineListener) {
    this.#transport = transport;
    this.#clock = clock;
    this.#log = log;
    this.#listener = listener;
    this.#header = new PendingHeader(clock);
  }

  /** Why no further exchange begins; undefined while it does. */
  get over(): LossCause | undefined {
    return this.#over;
  }

  /** How long ago the last exchange came to its end, in milliseconds. */
  get idleMs(): number {
    return this.#clock.monotonic() - this.#answeredAt;
  }

  /** Commands written whose final result has not come: what was given up may still be answered. */
  get owed(): number {
    return this.#owed;
  }

  /** What is owed does not come any more. */
  forgive(): void {
    this.#owed = 0;
  }

  /** Listens, to what was said before first. */
  listen(unheard: string): void {
    this.#transport.on('data', this.#onData);
    this.#transport.on('close', this.#onClose);
    if (unheard !== '') this.#onData(unheard);
  }

  /** Lets go of the port without closing it. */
  leave(): void {
    this.lose(undefined);
    this.#transport.off('data', this.#onData);
    this.#transport.off('close', this.#onClose);
  }

  /** Closes the port. */
  async close(): Promise<void> {
    this.lose(undefined);
    await this.#transport.close();
    this.leave();
  }

  /** The port is lost, whatever the transport says. */
  lose(cause: Error | undefined): void {
    if (this.#over === 'closed') return;
    this.#over = undefined;
    this.abandon('closed');
    this.#listener.closed(cause);
  }

  /** Ends the exchange in flight without an answer, and lets no further one begin. */
  abandon(cause: LossCause): void {
    this.#over ??= cause;
    this.#input({ type: 'lost', cause });
  }

  /** Forgets what was half said: nothing of before belongs to what comes. */
  forgetUnfinished(): void {
    this.#cutter.reset();
    this.#header.forget();
  }

  /** Writes an ESC, and throws away what answers it within `drainMs`. */
  async escape(drainMs: number): Promise<void> {
    if (this.#over) return;
    await this.#write(`${escapeOctet}\r`);
    await delay(this.#clock, drainMs);
  }

  /** Runs one exchange, when the pause after the one before is over. */
  perform(command: CommandLine, payload?: Payload): Promise<Outcome> {
    const restMs = this.#answeredAt + this.pauseMs - this.#clock.monotonic();
    if (this.pauseMs === 0 || restMs <= 0) return this.#performNow(command, payload);
    return delay(this.#clock, restMs).then(() => this.#performNow(command, payload));
  }

  /** The exchange in flight ends within so long. */
  endWithin(limitMs: number): void {
    this.#armTimer(limitMs);
  }

  /** The answer is awaited before the first octet is written; the clock starts when the last one is. */
  #performNow(command: CommandLine, payload: Payload | undefined): Promise<Outcome> {
    if (this.#over)
      return Promise.resolve({ kind: 'lost', cause: this.#over, payloadWritten: false, lines: [] });
    this.#exchange = beginExchange(command);
    this.#payload = payload;
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
    this.#payload = undefined;
    this.#answeredAt = this.#clock.monotonic();
    this.#cutter.promptAwaited = false;
    this.#listener.ended(next.command, next.outcome);
    this.#settle?.(next.outcome);
  }

  #armTimer(limitMs = this.#exchange && phaseLimitMs(this.#exchange)): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (limitMs === undefined) return;
    this.#timer = this.#clock.after(limitMs, () => this.#input({ type: 'lost', cause: 'timeout' }));
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

  #write(octets: string): Promise<void> {
    return this.#transport.write(octets).catch((error: Error) => {
      this.#log.debug({ err: error, path: this.#transport.path }, 'write failed');
      this.lose(error);
    });
  }

  // Arriving octets ----------------------------------------------------------------------------------------------

  readonly #onData = (octets: string): void => {
    for (const token of this.#cutter.push(octets)) this.#onToken(token);
  };

  readonly #onClose = (cause: Error | undefined): void => this.lose(cause);

  #onToken(token: Token): void {
    if (token.type === 'prompt') return this.#onPrompt();
    const line = token.text;
    if (this.#completesUnsolicited(line)) return;
    const reception = this.#exchange ? receptionOf(this.#exchange, line) : 'foreign';
    if (reception !== 'own' && finalResult(line)) this.#owed = Math.max(0, this.#owed - 1);
    if (reception === 'echo') return this.#listener.echo();
    if (reception !== 'foreign') return this.#onOwnLine(line);
    this.#onForeignLine(line);
  }

  #onPrompt(): void {
    this.#input({ type: 'prompt' });
    if (this.#exchange?.command.leavesPrompt) void this.#write(escapeOctet);
  }

  #onOwnLine(line: string): void {
    const payload = this.#payload;
    this.#input({ type: 'line', text: line });
    if (line.startsWith('+CMGS:')) payload?.accepted(line);
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
    else if (!final.ok) this.#listener.strayRefusal(final.refusal);
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
    else this.#listener.unsolicited(event);
  }

  #tellHeldReports(): void {
    for (const event of this.#heldReports.splice(0)) this.#listener.unsolicited(event);
  }
}
