/** How many messages of a list lie between two `seq`, both included. */
export interface MessageSpan {
  readonly messages: number;
  readonly first_seq: number;
  readonly last_seq: number;
}

/** Where a page lies: between two `seq`, so many of the list's messages after the upper one, and in which spans. */
export interface MessageWindow<Span extends MessageSpan> {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly spans: readonly Span[];
}

/**
 * Where to read `limit` messages, newest first, after leaving out `offset`: whole spans are passed over by their counts.
 * While the clock was set back days lie among each other; then less is passed over. Undefined where nothing is left.
 *
 * @param spans what a list holds, newest first
 */
export function windowOf<Span extends MessageSpan>(
  spans: readonly Span[],
  offset: number,
  limit: number,
): MessageWindow<Span> | undefined {
  const { count, skipped } = passedOver(spans, offset);
  const rest = spans.slice(count);
  const lowestPassed = lowestOf(spans.slice(0, count));
  if (!rest.every((span) => span.last_seq < lowestPassed)) return around(spans, spans, offset);
  if (rest.length === 0) return undefined;
  return around(neededOf(rest, offset - skipped + limit), rest, offset - skipped);
}

/** How many spans hold nothing but what is left out, and how many messages these are. */
function passedOver(spans: readonly MessageSpan[], offset: number): { count: number; skipped: number } {
  let skipped = 0;
  for (const [count, { messages }] of spans.entries()) {
    if (skipped + messages > offset) return { count, skipped };
    skipped += messages;
  }
  return { count: spans.length, skipped };
}

/** The newest spans that hold so many messages, unless older ones reach among them: then all. */
function neededOf<Span extends MessageSpan>(spans: readonly Span[], messages: number): readonly Span[] {
  const { count } = passedOver(spans, messages - 1);
  const needed = spans.slice(0, count + 1);
  const older = spans.slice(count + 1);
  const lowestNeeded = lowestOf(needed);
  return older.every((span) => span.last_seq < lowestNeeded) ? needed : spans;
}

function around<Span extends MessageSpan>(
  needed: readonly Span[],
  all: readonly Span[],
  offset: number,
): MessageWindow<Span> {
  return { from: lowestOf(needed), to: highestOf(all), offset, spans: needed };
}

/** The first `seq` of all. */
export function lowestOf(spans: readonly MessageSpan[]): number {
  return spans.reduce((lowest, span) => Math.min(lowest, span.first_seq), Number.MAX_SAFE_INTEGER);
}

/** The last `seq` of all. */
export function highestOf(spans: readonly MessageSpan[]): number {
  return spans.reduce((highest, span) => Math.max(highest, span.last_seq), 0);
}

/** How many messages all of them hold. */
export function messagesOf(spans: readonly MessageSpan[]): number {
  return spans.reduce((sum, { messages }) => sum + messages, 0);
}
