import { setImmediate as nextTurn } from 'node:timers/promises';
import { formatTimestamp, type MessageDirection, type MessageStatus } from '../contract/message.ts';
import type { StatsCount, StatsRange } from '../contract/stats.ts';
import type { Database } from './database.ts';

interface CountedRow {
  readonly seq: number;
  readonly created_at: number;
  readonly number: string | null;
  readonly direction: MessageDirection;
  readonly status: MessageStatus;
  readonly segment_count: number;
}

/** So many rows are counted in one turn of the event loop: a few milliseconds. */
const countedAtOnce = 2_000;

/** Counts the log of messages for charts, in slices, so that nothing else waits for a long range. */
export class MessageStats {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many messages there were in each step, by own number, direction and status; oldest first. */
  async counts(range: StatsRange): Promise<StatsCount[]> {
    const found = new Map<string, { -readonly [Name in keyof StatsCount]: StatsCount[Name] }>();
    let after = { created_at: range.from, seq: 0 };
    for (;;) {
      const rows = this.#slice(after, range.to);
      for (const row of rows) addTo(found, row, range.stepMs);
      const last = rows.at(-1);
      if (!last || rows.length < countedAtOnce) return [...found.values()].sort(byTimeAndNumber);
      after = last;
      await nextTurn();
    }
  }

  #slice(after: Pick<CountedRow, 'created_at' | 'seq'>, to: number): CountedRow[] {
    return this.#database
      .prepare<[number, number, number], CountedRow>(
        `SELECT seq, created_at, direction, status, segment_count,
           CASE direction WHEN 'outbound' THEN from_number ELSE to_number END AS number
         FROM messages INDEXED BY messages_by_day
         WHERE (created_at, seq) > (?, ?) AND created_at < ? ORDER BY created_at, seq LIMIT ${countedAtOnce}`,
      )
      .all(after.created_at, after.seq, to);
  }
}

function addTo(
  found: Map<string, { -readonly [Name in keyof StatsCount]: StatsCount[Name] }>,
  { created_at, number, direction, status, segment_count }: CountedRow,
  stepMs: number,
): void {
  const start = Math.floor(created_at / stepMs) * stepMs;
  const key = `${start} ${number} ${direction} ${status}`;
  const count = found.get(key) ?? {
    at: formatTimestamp(start),
    number,
    direction,
    status,
    messages: 0,
    segments: 0,
  };
  count.messages++;
  count.segments += segment_count;
  found.set(key, count);
}

function byTimeAndNumber(a: StatsCount, b: StatsCount): number {
  const [left, right] = [a, b].map(({ at, number, direction, status }) =>
    [at, number ?? '', direction, status].join(' '),
  );
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
