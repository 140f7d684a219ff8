import type { Database } from './database.ts';
import type { DayCount, MessageCounts } from './message-counts.ts';
import { holdsText, type MessageFilter, partsOf } from './message-filter.ts';
import {
  type Branch,
  blockedSource,
  countedSource,
  isIndexed,
  kindSource,
  laterSource,
  readsOfHit,
  readsOfRow,
  referenceSource,
  type Source,
  textSource,
} from './message-sources.ts';

/** A source, and how many messages are read of it: at least so many where counting was given up. */
export interface Candidate {
  readonly source: Source;
  readonly reads: number;
}

/** Up to so many messages are looked through for a text before the index of texts is asked. */
export const lookedThrough = 20_000;
/** Candidates are counted up to here when sources are compared. */
const comparedUpTo = 100_000;
/** The share of messages that hold a text is told by so many. */
const sampled = 400;

/** Where the messages of a filter can be looked for, and where they are found by reading the fewest. */
export class Candidates {
  readonly #database: Database;
  readonly #counts: MessageCounts;
  readonly #mostReads: number;

  /** @param mostReads no more than that is counted */
  constructor(database: Database, counts: MessageCounts, mostReads: number) {
    this.#database = database;
    this.#counts = counts;
    this.#mostReads = mostReads;
  }

  /**
   * @param days what the counted parts of the filter let through; at least one
   * @param withNumber the messages with the number that the filter asks for
   */
  fewest(filter: MessageFilter, days: readonly DayCount[], withNumber: Source | undefined): Candidate {
    return this.#all(filter, days, withNumber).reduce((best, other) =>
      other.reads < best.reads ? other : best,
    );
  }

  #all(
    filter: MessageFilter,
    days: readonly DayCount[],
    withNumber: Source | undefined,
  ): [Candidate, ...Candidate[]] {
    const { reference, kind, blocked, text, after, direction } = filter;
    const all = spanOf(days);
    const counted = countedSource(
      filter,
      this.#counts.byCondition(filter, all.fromDay, all.toDay),
      all.from,
      all.to,
    );
    const sources = [
      withNumber,
      reference === undefined ? undefined : referenceSource(reference),
      kind === undefined || kind === 'text' ? undefined : kindSource(kind),
      blocked === true ? blockedSource : undefined,
      after === undefined ? undefined : laterSource(after, direction),
    ].filter((source) => source !== undefined);
    const isJoined = partsOf(filter).some((part) => part !== 'text');
    const search =
      text === undefined || !isIndexed(text)
        ? []
        : [
            {
              source: textSource(text, all.from, all.to, isJoined),
              reads: this.#readsOf(text, days, isJoined),
            },
          ];
    return [
      { source: counted, reads: counted.reads * (counted.isInOrder ? 1 : 1 + readsOfRow) },
      ...search,
      ...sources.map((source) => ({ source, reads: this.#reads(source) })),
    ];
  }

  #reads({ branches }: Source): number {
    const most = Math.min(this.#mostReads, comparedUpTo) + 1;
    return branches.reduce((sum, branch) => sum + countOf(this.#database, branch, most), 0);
  }

  /** How many messages hold the text is guessed by the newest. */
  #readsOf(text: string, days: readonly DayCount[], isJoined: boolean): number {
    if (this.#mostReads < lookedThrough) return lookedThrough;
    const newest = `SELECT body FROM messages NOT INDEXED ORDER BY seq DESC LIMIT ${sampled}`;
    const hits = countOf(this.#database, { sql: `(${newest}) WHERE ${holdsText}`, values: [text] });
    const messages = days.reduce((sum, day) => sum + day.messages, 0);
    return Math.max(lookedThrough, (hits / sampled) * messages * readsOfHit(text, isJoined));
  }
}

/** How many messages a branch gives; no more than `most` are counted. */
export function countOf(database: Database, { sql, values }: Branch, most?: number): number {
  const counting =
    most === undefined
      ? `SELECT count(*) AS n FROM ${sql}`
      : `SELECT count(*) AS n FROM (SELECT 1 FROM ${sql} LIMIT ${most})`;
  return database.prepare<unknown[], { n: number }>(counting).get(...values)?.n ?? 0;
}

function spanOf(days: readonly DayCount[]): { from: number; to: number; fromDay: number; toDay: number } {
  const first = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const last = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  return {
    from: first(days.map((day) => day.first_seq)),
    to: last(days.map((day) => day.last_seq)),
    fromDay: first(days.map(({ day }) => day)),
    toDay: last(days.map(({ day }) => day)),
  };
}
