import { type FinalResult, finalResult, type Refusal } from './final-result.ts';

/**
 * A command line and what belongs to its answer. `accepts` tells the lines that are its own; everything else that
 * comes meanwhile is unsolicited.
 */
export interface CommandLine {
  /** Without its carriage return. */
  readonly text: string;
  readonly accepts: (line: string) => boolean;
  /** Its answer is free text (identity), so that every line that is nothing else belongs to it. */
  readonly freeText?: boolean;
  /** After a line of its own, this much silence ends it: some modems leave the OK out. Milliseconds. */
  readonly settleMs?: number;
  readonly timeoutMs: number;
  /** It is not known to bring a prompt; where it does, the prompt is a line of its answer, and left with ESC. */
  readonly leavesPrompt?: true;
  /** What is written at the prompt, and how long the prompt may take. */
  readonly payload?: { readonly text: string; readonly promptTimeoutMs: number };
}

/**
 * Where an exchange stands. Only one is in flight on a port (V.250 5.6).
 *
 * ```
 *   prompt ──`>`──► payload ──written──► answer ──own line──► answer, settling ──final result──► done
 *      └────────────── final result, time-out, loss ─────────────────────────────────────────────►┘
 * ```
 *
 * `payload` is the moment in which the owner commits and writes; a time-out is an input like any line.
 */
export type Exchange =
  | { readonly phase: 'prompt'; readonly command: CommandLine }
  | { readonly phase: 'payload'; readonly command: CommandLine }
  | { readonly phase: 'answer'; readonly command: CommandLine; readonly lines: readonly string[] }
  | { readonly phase: 'done'; readonly command: CommandLine; readonly outcome: Outcome };

/** How an exchange ended; `payloadWritten` tells whether anything may have been handed over. */
export type Outcome =
  | { readonly kind: 'ok'; readonly lines: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly payloadWritten: boolean;
      readonly lines: readonly string[];
    }
  | {
      readonly kind: 'lost';
      readonly cause: LossCause;
      readonly payloadWritten: boolean;
      readonly lines: readonly string[];
    };

/** More lines than the largest message store lists; a modem that never ends its answer cannot fill memory. */
const longestAnswer = 2_048;

export type LossCause = 'timeout' | 'closed' | 'restarted';

export type Input =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'prompt' }
  | { readonly type: 'payload-written' }
  | { readonly type: 'lost'; readonly cause: LossCause };

/** What a line was to the exchange. */
export type Reception = 'own' | 'echo' | 'final' | 'foreign';

/** The exchange as it stands when the command line has been written. */
export function beginExchange(command: CommandLine): Exchange {
  return command.payload ? { phase: 'prompt', command } : { phase: 'answer', command, lines: [] };
}

/** How long the present phase may last, in milliseconds; undefined where the owner itself is to act. */
export function phaseLimitMs(exchange: Exchange): number | undefined {
  const { command } = exchange;
  if (exchange.phase === 'prompt') return command.payload?.promptTimeoutMs;
  if (exchange.phase !== 'answer') return undefined;
  return command.settleMs !== undefined && exchange.lines.length > 0 ? command.settleMs : command.timeoutMs;
}

/** What `line` is to the pending exchange, before the table of unsolicited results is asked. */
export function receptionOf(exchange: Exchange, line: string): Reception {
  const { command } = exchange;
  if (line === command.text || isPayloadEcho(exchange, line)) return 'echo';
  if (exchange.phase === 'answer' && command.accepts(line)) return 'own';
  return finalResult(line) ? 'final' : 'foreign';
}

/** The next state; the same state where the input means nothing to it. */
export function step(exchange: Exchange, input: Input): Exchange {
  if (exchange.phase === 'done') return exchange;
  switch (input.type) {
    case 'line':
      return onLine(exchange, input.text);
    case 'prompt':
      return onPrompt(exchange);
    case 'payload-written':
      return exchange.phase === 'payload'
        ? { phase: 'answer', command: exchange.command, lines: [] }
        : exchange;
    case 'lost':
      return onLoss(exchange, input.cause);
  }
}

type Pending = Exclude<Exchange, { phase: 'done' }>;

function onPrompt(exchange: Pending): Exchange {
  if (exchange.phase === 'prompt') return { phase: 'payload', command: exchange.command };
  if (exchange.phase !== 'answer' || !exchange.command.leavesPrompt) return exchange;
  return { ...exchange, lines: [...exchange.lines, '>'] };
}

function onLine(exchange: Pending, line: string): Exchange {
  const final = finalResult(line);
  const own = exchange.phase === 'answer' && exchange.command.accepts(line);
  if (final && !own) return onFinal(exchange, final);
  if (exchange.phase !== 'answer' || exchange.lines.length >= longestAnswer) return exchange;
  return { ...exchange, lines: [...exchange.lines, line] };
}

/**
 * An OK before the prompt or while the PDU is written answers something older. So does an OK where a PDU was
 * written and no line of its own came: it must not pass for an acceptance.
 */
function onFinal(exchange: Pending, final: FinalResult): Exchange {
  const { command } = exchange;
  const payloadWritten = command.payload !== undefined && exchange.phase !== 'prompt';
  if (!final.ok) {
    const lines = exchange.phase === 'answer' ? exchange.lines : [];
    return {
      phase: 'done',
      command,
      outcome: { kind: 'refused', refusal: final.refusal, payloadWritten, lines },
    };
  }
  if (exchange.phase !== 'answer' || (payloadWritten && exchange.lines.length === 0)) return exchange;
  return { phase: 'done', command, outcome: { kind: 'ok', lines: exchange.lines } };
}

function onLoss(exchange: Pending, cause: LossCause): Exchange {
  const { command } = exchange;
  const lines = exchange.phase === 'answer' ? exchange.lines : [];
  if (cause === 'timeout' && command.settleMs !== undefined && lines.length > 0) {
    return { phase: 'done', command, outcome: { kind: 'ok', lines } };
  }
  const payloadWritten = command.payload !== undefined && exchange.phase !== 'prompt';
  return { phase: 'done', command, outcome: { kind: 'lost', cause, payloadWritten, lines } };
}

/** A modem that echoes gives the PDU back, perhaps behind the prompt and with the ctrl-Z. */
function isPayloadEcho(exchange: Exchange, line: string): boolean {
  const payload = exchange.command.payload?.text;
  if (payload === undefined || line.length < payload.length) return false;
  return line.startsWith(payload) || line.replace(/^>\s*/, '').startsWith(payload);
}
