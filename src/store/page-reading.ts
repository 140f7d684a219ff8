import type { Database } from './database.ts';
import { type BranchesWithin, branchesOf, isInPieces, ListFinder } from './list-finder.ts';
import { type Candidate, Candidates, countOf } from './message-candidates.ts';
import { type DayCount, daysOf, type MessageCounts } from './message-counts.ts';
import { countedParts, type MessageFilter, partsOf } from './message-filter.ts';
import { type MessageRow, messageColumns } from './message-row.ts';
import {
  type Branch,
  countedSource,
  eitherSource,
  otherSource,
  ownSource,
  type Source,
} from './message-sources.ts';
import { messagesOf, windowOf } from './message-window.ts';
import type { Found, RememberedFinds } from './remembered-finds.ts';

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
    const total = messagesOf(days);
    const window = windowOf(days, this.#slice.offset, this.#slice.limit);
    if (!window) return { rows: [], total };
    const { fromDay, toDay } = daysOf(window.spans);
    const counts = this.#counts.byCondition(filter, fromDay, toDay);
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
    const finder = new ListFinder(this.#database, this.#finds, filter, this.#mostReads);
    const known = finder.known();
    const shown = known && this.#amongNewest(known);
    if (shown) return { rows: shown, total: messagesOf(known.spans) };
    const candidates = new Candidates(this.#database, this.#counts, this.#mostReads);
    const candidate = candidates.fewest(filter, days, withNumber);
    if (candidate.reads > this.#mostReads) return costly;
    const branches = branchesOf(filter, candidate);
    const found = known ?? finder.find(days, candidate, branches);
    const total = messagesOf(found.spans);
    const newest = this.#amongNewest(found);
    if (newest) return { rows: newest, total };
    const inOrder = candidates.inOrder(filter, days);
    if (!this.#isFar(candidate, total, inOrder)) return { rows: this.#rowsOf(branches, found), total };
    const all = branchesOf(filter, inOrder);
    return { rows: this.#rowsOf(all, isInPieces(found) ? found : finder.find(days, inOrder, all)), total };
  }

  /**
   * Whether the index of texts would have to read too much on the way to the page, from either end: more than an eighth of
   * what it takes to count the list in pieces once, by which all its pages are near.
   */
  #isFar({ isSplit, reads }: Candidate, total: number, inOrder: Candidate): boolean {
    const { offset } = this.#slice;
    return !isSplit && (Math.min(offset, total - offset) / total) * reads > inOrder.reads / 8;
  }

  /** The page, where it lies among the newest that are known; undefined where it does not. */
  #amongNewest({ newest, spans }: Found): MessageRow[] | undefined {
    const { offset, limit } = this.#slice;
    if (newest.length < Math.min(offset + limit, messagesOf(spans))) return undefined;
    const row = this.#database.prepare<[number], MessageRow>(
      `SELECT ${messageColumns} FROM messages WHERE seq = ?`,
    );
    return newest.slice(offset, offset + limit).flatMap((seq) => row.get(seq) ?? []);
  }

  /** A page behind the middle is read from the end: what lies before it may have to be passed over one by one. */
  #rowsOf(branches: BranchesWithin, { spans }: Found): MessageRow[] {
    const { offset, limit } = this.#slice;
    const window = windowOf(spans, offset, limit);
    if (!window) return [];
    const found = branches(window.from, window.to);
    const behind = messagesOf(window.spans) - window.offset;
    if (behind <= 0) return [];
    if (behind - limit >= window.offset) return this.#rows(found, { offset: window.offset, limit });
    const slice = { offset: Math.max(behind - limit, 0), limit: Math.min(limit, behind) };
    return this.#rows(found, slice, 'fromEnd');
  }

  #hasAny({ branches }: Source): boolean {
    return branches.some((branch) => this.#count(branch, 1) > 0);
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
