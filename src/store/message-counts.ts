import type { Database } from './database.ts';
import type { CountedFilter } from './message-filter.ts';
import type { MessageSpan } from './message-window.ts';

/** The messages of one day that a filter lets through: how many, and between which `seq` they lie. */
export interface DayCount extends MessageSpan {
  readonly day: number;
}

/** The first and the last of some days. */
export function daysOf(days: readonly DayCount[]): { readonly fromDay: number; readonly toDay: number } {
  return {
    fromDay: days.reduce((first, { day }) => Math.min(first, day), Number.MAX_SAFE_INTEGER),
    toDay: days.reduce((last, { day }) => Math.max(last, day), 0),
  };
}

/** How many messages each condition of a filter lets through by itself; `all` where there is no condition. */
export interface ConditionCounts {
  readonly all: number;
  readonly direction: number;
  readonly status: number;
  readonly ownNumber: number;
}

/** So many sums are kept: those of the lists that are looked at just now. */
const mostKept = 30;

/**
 * How many messages there are at one moment, from the cells that triggers keep: nothing is counted, and what was added
 * up once is not added up again. `PresentCounts` tells until when that moment lasts.
 */
export class MessageCounts {
  readonly #database: Database;
  readonly #sums = new Map<string, unknown>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest day first; days without any are left out. */
  days(filter: CountedFilter): readonly DayCount[] {
    return this.#once(`days ${nameOf(filter)}`, () =>
      this.#database
        .prepare<[object], DayCount>(
          `SELECT day, sum(messages) AS messages, min(first_seq) AS first_seq, max(last_seq) AS last_seq
           FROM message_counts WHERE ${cellConditions(filter).join(' AND ')} GROUP BY day ORDER BY day DESC`,
        )
        .all(filter),
    );
  }

  /** What each condition alone lets through within some days. */
  byCondition(filter: CountedFilter, fromDay: number, toDay: number): ConditionCounts {
    return this.#once(`conditions ${nameOf(filter)} ${fromDay} ${toDay}`, () =>
      this.#byCondition(filter, fromDay, toDay),
    );
  }

  /** Whether the log leaves anything out. */
  get hidesAny(): boolean {
    return this.#once('hides any', () =>
      this.#has('SELECT 1 FROM messages INDEXED BY messages_hidden WHERE hidden = 1 LIMIT 1'),
    );
  }

  /** Whether there are more cells than can be added up within a millisecond or two. */
  get areMany(): boolean {
    return this.#once('are many', () => this.#has('SELECT 1 FROM message_counts LIMIT 1 OFFSET 10000'));
  }

  #byCondition(filter: CountedFilter, fromDay: number, toDay: number): ConditionCounts {
    const { direction = null, status = null, ownNumber = null } = filter;
    const row = this.#database
      .prepare<[object], ConditionCounts>(
        `SELECT coalesce(sum(messages), 0) AS "all",
           coalesce(sum(messages) FILTER (WHERE direction = @direction), 0) AS direction,
           coalesce(sum(messages) FILTER (WHERE status = @status), 0) AS status,
           coalesce(sum(messages) FILTER (WHERE own_number = @ownNumber), 0) AS ownNumber
         FROM message_counts WHERE day BETWEEN @fromDay AND @toDay`,
      )
      .get({ direction, status, ownNumber, fromDay, toDay });
    return row ?? { all: 0, direction: 0, status: 0, ownNumber: 0 };
  }

  #has(sql: string): boolean {
    return this.#database.prepare(sql).get() !== undefined;
  }

  #once<Sum>(name: string, add: () => Sum): Sum {
    if (this.#sums.has(name)) return this.#sums.get(name) as Sum;
    const sum = add();
    if (this.#sums.size >= mostKept) this.#sums.clear();
    this.#sums.set(name, sum);
    return sum;
  }
}

/** The counted parts of a filter, and nothing else of it. */
function nameOf({ direction, status, ownNumber, fromDay, toDay, shown }: CountedFilter): string {
  return JSON.stringify([direction, status, ownNumber, fromDay, toDay, shown]);
}

function cellConditions(filter: CountedFilter): string[] {
  return [
    'messages > 0',
    ...(filter.fromDay === undefined ? [] : ['day >= @fromDay']),
    ...(filter.toDay === undefined ? [] : ['day <= @toDay']),
    ...(filter.direction === undefined ? [] : ['direction = @direction']),
    ...(filter.status === undefined ? [] : ['status = @status']),
    ...(filter.ownNumber === undefined ? [] : ['own_number = @ownNumber']),
    ...(filter.shown ? ['hidden = 0'] : []),
  ];
}
