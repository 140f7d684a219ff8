import type { Database } from './database.ts';
import { type Candidate, countOf, lookedThrough } from './message-candidates.ts';
import type { DayCount } from './message-counts.ts';
import { conditionsOf, type MessageFilter, partsOf } from './message-filter.ts';
import { type Branch, narrowed } from './message-sources.ts';
import { highestOf, lowestOf, type MessageSpan } from './message-window.ts';
import { leftOutBy } from './nearly-all.ts';
import {
  type Found,
  grown,
  type List,
  mostNewest,
  type RememberedFinds,
  spanWidth,
} from './remembered-finds.ts';

/** A list is counted in no more pieces. */
const mostSpans = 64;

/** Where the messages of a list are read that lie between two `seq`. */
export type BranchesWithin = (from: number, to: number) => readonly Branch[];

/** Whether a list is counted in pieces, so that whole ones are passed over on the way to a deep page. */
export function isInPieces({ spans }: Found): boolean {
  const widest = Math.max(...spans.map((span) => span.last_seq - span.first_seq + 1));
  return widest <= 2 * widthOf(lowestOf(spans), highestOf(spans));
}

/** Of so many messages each piece of a large list is. */
function widthOf(from: number, to: number): number {
  return Math.max(spanWidth, Math.ceil((to - from + 1) / mostSpans));
}

/** Branches of a candidate that give just what fits the filter. */
export function branchesOf(filter: MessageFilter, candidate: Candidate): BranchesWithin {
  return (from, to) => {
    const { branches, fits } = candidate.within(from, to);
    const conditions = conditionsOf(
      filter,
      partsOf(filter).filter((part) => !fits.includes(part)),
    );
    return branches.map((branch) => narrowed(branch, conditions));
  };
}

/** Finds out how many messages a list holds, where they are and which are the newest. To be used within a snapshot. */
export class ListFinder {
  readonly #database: Database;
  readonly #finds: RememberedFinds;
  readonly #filter: MessageFilter;
  readonly #mostReads: number;

  /** @param mostReads about how many messages may be read for it */
  constructor(database: Database, finds: RememberedFinds, filter: MessageFilter, mostReads: number) {
    this.#database = database;
    this.#finds = finds;
    this.#filter = filter;
    this.#mostReads = mostReads;
  }

  /** What is remembered: a list that took long, as somebody leafs through it or looks at it again. */
  #lasting(): List | undefined {
    const { after, status } = this.#filter;
    if (after !== undefined || this.#mostReads < lookedThrough) return undefined;
    return { name: JSON.stringify(this.#filter), ofStatus: status !== undefined };
  }

  /** What is remembered of it, as it is now; undefined where it must be looked for. */
  known(): Found | undefined {
    const list = this.#lasting();
    if (!list) return undefined;
    const conditions = conditionsOf(this.#filter, partsOf(this.#filter));
    return this.#finds.known(list, (after) =>
      this.#seqs([narrowed({ sql: 'messages NOT INDEXED WHERE seq > ?', values: [after] }, conditions)], -1),
    );
  }

  /** @param days what the counted parts of the filter let through; at least one */
  find(days: readonly DayCount[], candidate: Candidate, branches: BranchesWithin): Found {
    const leftOut = leftOutBy(this.#filter);
    if (leftOut) return { spans: this.#without(days, leftOut), newest: [] };
    const [from, to] = [lowestOf(days), highestOf(days)];
    const list = this.#lasting();
    if (!list) return { spans: [this.#span(branches, from, to)], newest: [] };
    const upTo = Math.min(this.#finds.settled(list), to);
    const isLarge = candidate.isSplit && candidate.reads > lookedThrough;
    const width = isLarge ? widthOf(from, upTo) : upTo - from + 1;
    const part = {
      spans: this.#spans(branches, from, upTo, width),
      newest: this.#seqs(branches(from, upTo), mostNewest),
    };
    this.#finds.remember(list, part);
    const later = upTo < to ? this.#seqs(branches(upTo + 1, to), -1) : [];
    return grown(part, upTo, later, to);
  }

  /** What is counted of each day, without the few that are left out of it. */
  #without(days: readonly DayCount[], leftOut: readonly Branch[]): MessageSpan[] {
    const left = new Map<number, number>();
    for (const { sql, values } of leftOut) {
      const rows = this.#database
        .prepare<unknown[], { day: number; n: number }>(
          `SELECT created_at / 86400000 AS day, count(*) AS n FROM ${sql} GROUP BY day`,
        )
        .all(...values);
      for (const { day, n } of rows) left.set(day, (left.get(day) ?? 0) + n);
    }
    return days.map((span) => ({ ...span, messages: span.messages - (left.get(span.day) ?? 0) }));
  }

  /** How many messages there are between two `seq`, newest first, `width` of all messages at a time. */
  #spans(branches: BranchesWithin, from: number, to: number, width: number): MessageSpan[] {
    const spans: MessageSpan[] = [];
    for (let last = to; last >= from; last -= width)
      spans.push(this.#span(branches, Math.max(last - width + 1, from), last));
    return spans;
  }

  #span(branches: BranchesWithin, first: number, last: number): MessageSpan {
    const messages = branches(first, last).reduce((sum, branch) => sum + countOf(this.#database, branch), 0);
    return { messages, first_seq: first, last_seq: last };
  }

  /** Newest first; all of them where `most` is -1. */
  #seqs(branches: readonly Branch[], most: number): number[] {
    const found = branches.map(({ sql }) => `SELECT messages.seq AS seq FROM ${sql}`).join(' UNION ALL ');
    return this.#database
      .prepare<unknown[], { seq: number }>(`${found} ORDER BY seq DESC LIMIT +?`)
      .all(...branches.flatMap(({ values }) => values), most)
      .map(({ seq }) => seq);
  }
}
