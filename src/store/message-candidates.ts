import type { Database } from './database.ts';
import { type DayCount, daysOf, type MessageCounts } from './message-counts.ts';
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
  sourceWithin,
  textSource,
} from './message-sources.ts';
import { highestOf, lowestOf, messagesOf } from './message-window.ts';

/** Where messages can be looked for. */
export interface Candidate {
  /** How many are read of all: at least so many where counting was given up. */
  readonly reads: number;
  /** The source, of which only what lies between two `seq` is read. */
  readonly within: (from: number, to: number) => Source;
  /** What lies before these is passed over without being read; the index of texts reads it. */
  readonly isSplit: boolean;
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

  /** All messages that the counted parts of the filter let through, as they lie. */
  inOrder(filter: MessageFilter, days: readonly DayCount[]): Candidate {
    const { fromDay, toDay } = daysOf(days);
    const counts = this.#counts.byCondition(filter, fromDay, toDay);
    const { reads, isInOrder } = countedSource(filter, counts, lowestOf(days), highestOf(days));
    return {
      reads: reads * (isInOrder ? 1 : 1 + readsOfRow),
      within: (from, to) => countedSource(filter, counts, from, to),
      isSplit: true,
    };
  }

  #all(
    filter: MessageFilter,
    days: readonly DayCount[],
    withNumber: Source | undefined,
  ): [Candidate, ...Candidate[]] {
    const { reference, kind, blocked, text, after, direction } = filter;
    const sources = [
      withNumber,
      reference === undefined ? undefined : referenceSource(reference),
      kind === undefined || kind === 'text' ? undefined : kindSource(kind),
      blocked === true ? blockedSource : undefined,
      after === undefined ? undefined : laterSource(after, direction),
    ].filter((source) => source !== undefined);
    return [
      this.inOrder(filter, days),
      ...(text === undefined || !isIndexed(text) ? [] : [this.#search(filter, text, days)]),
      ...sources.map((source) => ({
        reads: this.#reads(source),
        within: (from: number, to: number) => sourceWithin(source, from, to),
        isSplit: true,
      })),
    ];
  }

  #search(filter: MessageFilter, text: string, days: readonly DayCount[]): Candidate {
    const isJoined = partsOf(filter).some((part) => part !== 'text');
    return {
      reads: this.#readsOf(text, days, isJoined),
      within: (from, to) => textSource(text, from, to, isJoined),
      isSplit: false,
    };
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
    return Math.max(lookedThrough, (hits / sampled) * messagesOf(days) * readsOfHit(text, isJoined));
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
