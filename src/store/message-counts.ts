import type { Database } from './database.ts';
import type { CountedFilter } from './message-filter.ts';

/** The messages of one day that a filter lets through: how many, and between which `seq` they lie. */
export interface DayCount {
  readonly day: number;
  readonly messages: number;
  readonly first_seq: number;
  readonly last_seq: number;
}

/** How many messages each condition of a filter lets through by itself; `all` where there is no condition. */
export interface ConditionCounts {
  readonly all: number;
  readonly direction: number;
  readonly status: number;
  readonly ownNumber: number;
}

/** How many messages there are, from the cells that triggers keep: nothing is counted. */
export class MessageCounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest day first; days without any are left out. */
  days(filter: CountedFilter): DayCount[] {
    return this.#database
      .prepare<[object], DayCount>(
        `SELECT day, sum(messages) AS messages, min(first_seq) AS first_seq, max(last_seq) AS last_seq
         FROM message_counts WHERE ${cellConditions(filter).join(' AND ')} GROUP BY day ORDER BY day DESC`,
      )
      .all(filter);
  }

  /** What each condition alone lets through within some days. */
  byCondition(filter: CountedFilter, fromDay: number, toDay: number): ConditionCounts {
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

  /** Whether the log leaves anything out. */
  get hidesAny(): boolean {
    return this.#has('SELECT 1 FROM messages INDEXED BY messages_hidden WHERE hidden = 1 LIMIT 1');
  }

  /** Whether there are more cells than can be added up within a millisecond or two. */
  get areMany(): boolean {
    return this.#has('SELECT 1 FROM message_counts LIMIT 1 OFFSET 10000');
  }

  #has(sql: string): boolean {
    return this.#database.prepare(sql).get() !== undefined;
  }
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
