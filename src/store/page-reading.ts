import type { Database } from './database.ts';
import { Candidates, countOf, lookedThrough } from './message-candidates.ts';
import type { DayCount, MessageCounts } from './message-counts.ts';
import { conditionsOf, countedParts, type MessageFilter, partsOf } from './message-filter.ts';
import { type MessageRow, messageColumns } from './message-row.ts';
import {
  type Branch,
  countedSource,
  eitherSource,
  narrowed,
  otherSource,
  ownSource,
  type Source,
} from './message-sources.ts';
import { windowOf } from './message-window.ts';
import { leftOutBy } from './nearly-all.ts';
import { type Found, type List, newestWanted, type RememberedFinds } from './remembered-finds.ts';

/** A page would have to read more messages than were allowed. */
export const costly = 'costly';

/** Which part of a list is wanted. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** The rows of one page, and how many messages there are on all pages. */
export interface PageRows {
  readonly rows: readonly MessageRow[];
  readonly total: number;
}

const nothing: PageRows = { rows: [], total: 0 };

/**
 * Reads one page of a list, newest first, or oldest first after a message. What counts are kept of is found by them:
 * total, and the days that the page lies in. The rest is looked for where the fewest candidates are.
 */
export class PageReading {
  readonly #database: Database;
  readonly #counts: MessageCounts;
  readonly #finds: RememberedFinds;
  readonly #filter: MessageFilter;
  readonly #slice: Slice;
  readonly #mostReads: number;

  /** @param mostReads about how many messages may be read for it */
  constructor(
    database: Database,
    counts: MessageCounts,
    finds: RememberedFinds,
    filter: MessageFilter,
    slice: Slice,
    mostReads: number,
  ) {
    this.#database = database;
    this.#counts = counts;
    this.#finds = finds;
    this.#filter = filter;
    this.#slice = slice;
    this.#mostReads = mostReads;
  }

  page(): PageRows | typeof costly {
    const { number, direction } = this.#filter;
    if (number === undefined) return this.#pageOf(this.#filter, undefined);
    const isOwn = this.#hasAny(ownSource(number));
    const isOther = this.#hasAny(otherSource(number));
    if (isOwn && !isOther)
      return this.#pageOf({ ...this.#filter, number: undefined, ownNumber: number }, undefined);
    return this.#pageOf(this.#filter, (isOwn ? eitherSource : otherSource)(number, direction));
  }

  #pageOf(filter: MessageFilter, withNumber: Source | undefined): PageRows | typeof costly {
    const days = this.#counts.days(filter);
    if (days.length === 0) return nothing;
    const isCounted = partsOf(filter).every((part) => countedParts.includes(part));
    return isCounted ? this.#countedPage(filter, days) : this.#searchedPage(filter, days, withNumber);
  }

  #countedPage(filter: MessageFilter, days: readonly DayCount[]): PageRows | typeof costly {
    const total = days.reduce((sum, { messages }) => sum + messages, 0);
    const window = windowOf(days, this.#slice.offset, this.#slice.limit);
    if (!window) return { rows: [], total };
    const counts = this.#counts.byCondition(filter, window.fromDay, window.toDay);
    const source = countedSource(filter, counts, window.from, window.to);
    const slice = { offset: window.offset, limit: this.#slice.limit };
    const reads = source.isExact ? slice.offset + slice.limit : source.reads;
    return reads > this.#mostReads ? costly : { rows: this.#rows(source.branches, slice), total };
  }

  #searchedPage(
    filter: MessageFilter,
    days: readonly DayCount[],
    withNumber: Source | undefined,
  ): PageRows | typeof costly {
    const known = this.#known(filter);
    const shown = known && this.#amongNewest(known);
    if (shown) return { rows: shown, total: known.total };
    const { source, reads } = new Candidates(this.#database, this.#counts, this.#mostReads).fewest(
      filter,
      days,
      withNumber,
    );
    if (reads > this.#mostReads) return costly;
    const conditions = conditionsOf(
      filter,
      partsOf(filter).filter((part) => !source.fits.includes(part)),
    );
    const branches = source.branches.map((branch) => narrowed(branch, conditions));
    const found = known ?? this.#find(filter, days, branches);
    return { rows: this.#amongNewest(found) ?? this.#rowsOf(branches, found.total), total: found.total };
  }

  /** Such a list is not looked for again and again while somebody leafs through it; undefined for others. */
  #lasting(filter: MessageFilter): List | undefined {
    if (filter.after !== undefined || this.#mostReads < lookedThrough) return undefined;
    return { name: JSON.stringify(filter), ofStatus: filter.status !== undefined };
  }

  #known(filter: MessageFilter): Found | undefined {
    const list = this.#lasting(filter);
    if (!list) return undefined;
    const conditions = conditionsOf(filter, partsOf(filter));
    return this.#finds.known(list, (after) =>
      this.#seqs([narrowed({ sql: 'messages NOT INDEXED WHERE seq > ?', values: [after] }, conditions)], -1),
    );
  }

  #find(filter: MessageFilter, days: readonly DayCount[], branches: readonly Branch[]): Found {
    const leftOut = leftOutBy(filter);
    const total = leftOut
      ? days.reduce((sum, { messages }) => sum + messages, 0) - this.#countAll(leftOut)
      : this.#countAll(branches);
    const list = this.#lasting(filter);
    if (!list) return { total, newest: [] };
    const found = { total, newest: this.#seqs(branches, newestWanted(list)) };
    this.#finds.remember(list, found);
    return found;
  }

  /** The page, where it lies among the newest that are known; undefined where it does not. */
  #amongNewest({ newest, total }: Found): MessageRow[] | undefined {
    const { offset, limit } = this.#slice;
    if (newest.length < Math.min(offset + limit, total)) return undefined;
    const row = this.#database.prepare<[number], MessageRow>(
      `SELECT ${messageColumns} FROM messages WHERE seq = ?`,
    );
    return newest.slice(offset, offset + limit).flatMap((seq) => row.get(seq) ?? []);
  }

  /** Newest first; all of them where `most` is -1. */
  #seqs(branches: readonly Branch[], most: number): number[] {
    const found = branches.map(({ sql }) => `SELECT messages.seq AS seq FROM ${sql}`).join(' UNION ALL ');
    return this.#database
      .prepare<unknown[], { seq: number }>(`${found} ORDER BY seq DESC LIMIT +?`)
      .all(...branches.flatMap(({ values }) => values), most)
      .map(({ seq }) => seq);
  }

  /** A page behind the middle is read from the end: what lies before it is passed over one by one. */
  #rowsOf(branches: readonly Branch[], total: number): MessageRow[] {
    const { offset, limit } = this.#slice;
    const behind = total - offset - limit;
    if (total <= offset) return [];
    if (behind >= offset) return this.#rows(branches, this.#slice);
    const slice = { offset: Math.max(behind, 0), limit: Math.min(limit, total - offset) };
    return this.#rows(branches, slice, 'fromEnd');
  }

  #hasAny({ branches }: Source): boolean {
    return branches.some((branch) => this.#count(branch, 1) > 0);
  }

  #countAll(branches: readonly Branch[]): number {
    return branches.reduce((sum, branch) => sum + this.#count(branch), 0);
  }

  #count(branch: Branch, most?: number): number {
    return countOf(this.#database, branch, most);
  }

  /** The rows are read once the page is known: what lies before it is passed over in the index. */
  #rows(branches: readonly Branch[], { limit, offset }: Slice, from?: 'fromEnd'): MessageRow[] {
    const order = this.#filter.after === undefined ? 'DESC' : 'ASC';
    const inner = (order === 'DESC') === (from === undefined) ? 'DESC' : 'ASC';
    const found = branches.map(({ sql }) => `SELECT messages.seq AS seq FROM ${sql}`).join(' UNION ALL ');
    return this.#database
      .prepare<unknown[], MessageRow>(
        `SELECT ${messageColumns} FROM (${found} ORDER BY seq ${inner} LIMIT +? OFFSET +?) AS found
           CROSS JOIN messages USING (seq) ORDER BY seq ${order}`,
      )
      .all(...branches.flatMap(({ values }) => values), limit, offset);
  }
}
