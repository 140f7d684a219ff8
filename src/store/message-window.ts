import type { DayCount } from './message-counts.ts';

/** Where a page lies: between two `seq` (both included), so many of the filter's messages after the upper one. */
export interface MessageWindow {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly fromDay: number;
  readonly toDay: number;
}

/**
 * Where to read `limit` messages, newest first, after leaving out `offset`: whole days are passed over by their counts.
 * While the clock was set back days lie among each other; then less is passed over. Undefined where nothing is left.
 *
 * @param days what a filter lets through, newest day first
 */
export function windowOf(
  days: readonly DayCount[],
  offset: number,
  limit: number,
): MessageWindow | undefined {
  const { count, skipped } = passedOver(days, offset);
  const rest = days.slice(count);
  const lowestPassed = lowestOf(days.slice(0, count));
  if (!rest.every((day) => day.last_seq < lowestPassed)) return around(days, days, offset);
  if (rest.length === 0) return undefined;
  return around(neededOf(rest, offset - skipped + limit), rest, offset - skipped);
}

/** How many days hold nothing but what is left out, and how many messages these are. */
function passedOver(days: readonly DayCount[], offset: number): { count: number; skipped: number } {
  let skipped = 0;
  for (const [count, { messages }] of days.entries()) {
    if (skipped + messages > offset) return { count, skipped };
    skipped += messages;
  }
  return { count: days.length, skipped };
}

/** The newest days that hold so many messages, unless older days reach among them: then all. */
function neededOf(days: readonly DayCount[], messages: number): readonly DayCount[] {
  const { count } = passedOver(days, messages - 1);
  const needed = days.slice(0, count + 1);
  const older = days.slice(count + 1);
  const lowestNeeded = lowestOf(needed);
  return older.every((day) => day.last_seq < lowestNeeded) ? needed : days;
}

function around(needed: readonly DayCount[], all: readonly DayCount[], offset: number): MessageWindow {
  return {
    from: lowestOf(needed),
    to: all.reduce((highest, day) => Math.max(highest, day.last_seq), 0),
    offset,
    fromDay: needed.reduce((first, { day }) => Math.min(first, day), Number.MAX_SAFE_INTEGER),
    toDay: needed.reduce((last, { day }) => Math.max(last, day), 0),
  };
}

function lowestOf(days: readonly DayCount[]): number {
  return days.reduce((lowest, day) => Math.min(lowest, day.first_seq), Number.MAX_SAFE_INTEGER);
}
