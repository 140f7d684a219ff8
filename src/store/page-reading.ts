import type { Database } from './database.ts';
import { type DayCount, MessageCounts } from './message-counts.ts';
import { conditionsOf, countedParts, holdsText, type MessageFilter, partsOf } from './message-filter.ts';
import { type MessageRow, messageColumns } from './message-row.ts';
import {
  type Branch,
  blockedSource,
  countedSource,
  eitherSource,
  isIndexed,
  kindSource,
  laterSource,
  narrowed,
  otherSource,
  ownSource,
  referenceSource,
  type Source,
  textSource,
} from './message-sources.ts';
import type { RememberedTotals } from './remembered-totals.ts';
import { windowOf } from './message-window.ts';

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

/** A source, and how many messages it gives: at least so many where counting was given up. */
interface Candidates {
  readonly source: Source;
  readonly reads: number;
}

const nothing: PageRows = { rows: [], total: 0 };

/** Up to so many messages are looked through for a text before the index of texts is asked. */
const lookedThrough = 20_000;
/** The share of messages that hold a text is told by so many. */
const sampled = 400;
/** So many messages are read in their order in the time of one that is looked up. */
const readsOfJoined = 3;
/** Candidates are counted up to here when sources are compared. */
const comparedUpTo = 100_000;

/**
 * Reads one page of a list, newest first, or oldest first after a message. What counts are kept of is found by them:
 * total, and the days that the page lies in. The rest is looked for where the fewest candidates are.
 */
export class PageReading {
  readonly #database: Database;
  readonly #counts: MessageCounts;
  readonly #totals: RememberedTotals;
  readonly #filter: MessageFilter;
  readonly #slice: Slice;
  readonly #mostReads: number;

  /** @param mostReads about how many messages may be read for it */
  constructor(
    database: Database,
    totals: RememberedTotals,
    filter: MessageFilter,
    slice: Slice,
    mostReads: number,
  ) {
    this.#database = database;
    this.#totals = totals;
    this.#counts = new MessageCounts(database);
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
    const { source, reads } = this.#candidates(filter, days, withNumber).reduce((best, other) =>
      other.reads < best.reads ? other : best,
    );
    if (reads > this.#mostReads) return costly;
    const conditions = conditionsOf(
      filter,
      partsOf(filter).filter((part) => !source.fits.includes(part)),
    );
    const branches = source.branches.map((branch) => narrowed(branch, conditions));
    const total = this.#total(filter, branches);
    return { rows: total > this.#slice.offset ? this.#rows(branches, this.#slice) : [], total };
  }

  /** What statuses do not change is not counted again and again while somebody leafs through the same list. */
  #total(filter: MessageFilter, branches: readonly Branch[]): number {
    const count = () => branches.reduce((sum, branch) => sum + this.#count(branch), 0);
    const isLasting = filter.status === undefined && filter.after === undefined;
    if (!isLasting || this.#mostReads < lookedThrough) return count();
    const conditions = conditionsOf(filter, partsOf(filter));
    return this.#totals.total(JSON.stringify(filter), count, (after) =>
      this.#count(narrowed({ sql: 'messages NOT INDEXED WHERE seq > ?', values: [after] }, conditions)),
    );
  }

  #candidates(
    filter: MessageFilter,
    days: readonly DayCount[],
    withNumber: Source | undefined,
  ): [Candidates, ...Candidates[]] {
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
      { source: counted, reads: counted.reads },
      ...search,
      ...sources.map((source) => ({ source, reads: this.#reads(source) })),
    ];
  }

  #reads({ branches }: Source): number {
    const most = Math.min(this.#mostReads, comparedUpTo) + 1;
    return branches.reduce((sum, branch) => sum + this.#count(branch, most), 0);
  }

  /** By the newest messages: those that hold the text are read one by one, and from all over the table. */
  #readsOf(text: string, days: readonly DayCount[], isJoined: boolean): number {
    if (this.#mostReads < lookedThrough) return lookedThrough;
    const newest = `SELECT body FROM messages NOT INDEXED ORDER BY seq DESC LIMIT ${sampled}`;
    const hits = this.#count({ sql: `(${newest}) WHERE ${holdsText}`, values: [text] });
    const messages = days.reduce((sum, day) => sum + day.messages, 0);
    return Math.max(lookedThrough, (hits / sampled) * messages * (isJoined ? readsOfJoined : 1));
  }

  #hasAny({ branches }: Source): boolean {
    return branches.some((branch) => this.#count(branch, 1) > 0);
  }

  #count({ sql, values }: Branch, most?: number): number {
    const counting =
      most === undefined
        ? `SELECT count(*) AS n FROM ${sql}`
        : `SELECT count(*) AS n FROM (SELECT 1 FROM ${sql} LIMIT ${most})`;
    return this.#database.prepare<unknown[], { n: number }>(counting).get(...values)?.n ?? 0;
  }

  /** The rows are read once the page is known: what lies before it is passed over in the index. */
  #rows(branches: readonly Branch[], { limit, offset }: Slice): MessageRow[] {
    const order = this.#filter.after === undefined ? 'DESC' : 'ASC';
    const found = branches.map(({ sql }) => `SELECT messages.seq AS seq FROM ${sql}`).join(' UNION ALL ');
    return this.#database
      .prepare<unknown[], MessageRow>(
        `SELECT ${messageColumns} FROM (${found} ORDER BY seq ${order} LIMIT ? OFFSET ?) AS found
           CROSS JOIN messages USING (seq) ORDER BY seq ${order}`,
      )
      .all(...branches.flatMap(({ values }) => values), limit, offset);
  }
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
