import type { MessageKind } from '../contract/inbound-kind.ts';
import type { MessageDirection } from '../contract/message.ts';
import type { ConditionCounts } from './message-counts.ts';
import {
  type CountedFilter,
  conditionsOf,
  countedParts,
  type FilterPart,
  type Fragment,
  holdsText,
} from './message-filter.ts';

/**
 * Where candidates for a list come from: what stands between FROM and ORDER BY, read from one index in the order of
 * `seq`. No branch of a source gives what another does.
 */
export type Branch = Fragment;

/** Candidates, and the parts of the filter that all of them are known to fit. */
export interface Source {
  readonly branches: readonly Branch[];
  readonly fits: readonly FilterPart[];
}

const sentFrom = `messages INDEXED BY messages_sent_from WHERE direction = 'outbound' AND from_number = ?`;
const sentTo = `messages INDEXED BY messages_sent_to WHERE direction = 'outbound' AND to_number = ?`;
const receivedFrom = `messages INDEXED BY messages_received_from WHERE direction = 'inbound' AND from_number = ?`;
const receivedTo = `messages INDEXED BY messages_received_to WHERE direction = 'inbound' AND to_number = ?`;
const receivedRaw =
  'messages INDEXED BY messages_by_raw_from WHERE raw_from = ? AND from_number IS NOT raw_from';

/** Messages in which a number is ours. */
export function ownSource(number: string, direction?: MessageDirection): Source {
  return numberSource({ outbound: [sentFrom], inbound: [receivedTo] }, [number], direction);
}

/** Messages in which a number is the other's, also as a network wrote it. */
export function otherSource(number: string, direction?: MessageDirection): Source {
  return numberSource({ outbound: [sentTo], inbound: [receivedFrom, receivedRaw] }, [number], direction);
}

/** Messages in which a number is ours or the other's: what our SIMs send one another stands in both places. */
export function eitherSource(number: string, direction?: MessageDirection): Source {
  const others = {
    outbound: [`${sentTo} AND from_number IS NOT ?`],
    inbound: [`${receivedFrom} AND to_number IS NOT ?`, `${receivedRaw} AND to_number IS NOT ?`],
  };
  const own = ownSource(number, direction);
  const { branches } = numberSource(others, [number, number], direction);
  return { ...own, branches: [...own.branches, ...branches] };
}

export function referenceSource(reference: string): Source {
  const sql = 'messages INDEXED BY messages_by_client_reference WHERE client_reference = ?';
  return { branches: [{ sql, values: [reference] }], fits: ['reference'] };
}

/** The index of kinds leaves ordinary texts out. */
export function kindSource(kind: Exclude<MessageKind, 'text'>): Source {
  const sql = `messages INDEXED BY messages_by_kind WHERE kind = ? AND kind <> 'text'`;
  return { branches: [{ sql, values: [kind] }], fits: ['kind'] };
}

export const blockedSource: Source = {
  branches: [{ sql: 'messages INDEXED BY messages_blocked WHERE blocked = 1', values: [] }],
  fits: ['blocked'],
};

export function laterSource(after: number, direction?: MessageDirection): Source {
  const sql = 'messages INDEXED BY messages_by_direction WHERE direction = ? AND seq > ?';
  const directions = direction === undefined ? (['outbound', 'inbound'] as const) : [direction];
  return {
    branches: directions.map((each) => ({ sql, values: [each, after] })),
    fits: ['after', ...(direction === undefined ? [] : (['direction'] as const))],
  };
}

/**
 * Messages between two `seq` that hold a text, which `isIndexed` must be true of: those in the index of texts, and
 * those that are not in it yet. `joined`: with their rows, for further conditions; `messages.seq` is what the index gave
 * even then, else SQLite would sort all of it.
 */
export function textSource(text: string, from: number, to: number, joined: boolean): Source {
  const found = foundBy(text, from, to);
  const indexed = joined
    ? `(${found.sql}) AS messages CROSS JOIN messages AS entries USING (seq) WHERE true`
    : `(${found.sql}) AS messages WHERE true`;
  const others = `messages NOT INDEXED
    WHERE messages.seq BETWEEN max(?, (SELECT indexed_up_to + 1 FROM search_progress)) AND ? AND ${holdsText}`;
  return {
    branches: [
      { sql: indexed, values: found.values },
      { sql: others, values: [from, to, text] },
    ],
    fits: ['text'],
  };
}

/** Two characters are found as what three begin with, octet by octet of their UTF-8. */
function foundBy(text: string, from: number, to: number): Fragment {
  if ([...text].length > shortest) return { sql: phrases, values: [text, from, to] };
  return { sql: beginnings, values: [text, text, from, to] };
}

const shortest = 2;
/** Stands behind every text in the index. */
const endMark = '\u0003';
const beginnings = `SELECT DISTINCT doc AS seq FROM message_trigrams
  WHERE term >= lower(?) AND term < lower(?) || CAST(x'ff' AS TEXT) AND doc BETWEEN ? AND ?`;
const phrases = `SELECT rowid AS seq FROM message_search
  WHERE message_search MATCH ('"' || replace(lower(?), '"', '""') || '"') AND rowid BETWEEN ? AND ?`;

/**
 * The index knows of every three characters where they stand; those that FTS5 reads as U+FFFD it cannot tell apart, and
 * U+0003 stands behind every text.
 */
export function isIndexed(text: string): boolean {
  return (
    [...text].length >= shortest && !text.includes(endMark) && !/[\0\ud800-\udfff\ufffd-\uffff]/u.test(text)
  );
}

/** What it takes to find one message by the index of texts, measured by messages that are read in their order. */
export function readsOfHit(text: string, joined: boolean): number {
  const characters = [...text].length;
  const found = characters === shortest ? readsOfBeginning : (characters - shortest) * readsOfTrigram;
  return found + (joined ? readsOfRow : 0);
}

const readsOfBeginning = 4;
const readsOfTrigram = 0.15;
/** Looking up a message that an index names, likewise. */
export const readsOfRow = 2;

/** What the index that reads the fewest messages gives of a filter's, and how many it reads. */
export interface CountedSource extends Source {
  readonly reads: number;
  /** Each that is read fits the filter. */
  readonly isExact: boolean;
  /** They are read as they lie, rather than looked up one by one. */
  readonly isInOrder: boolean;
}

/** Messages between two `seq` that fit the parts of a filter that counts are kept of. */
export function countedSource(
  filter: CountedFilter,
  counts: ConditionCounts,
  from: number,
  to: number,
): CountedSource {
  const { part, reads } = rarestOf(filter, counts);
  const { branches } = indexSource(filter, part);
  const rest = countedParts.filter(
    (each) => each !== part && filter[each as keyof CountedFilter] !== undefined,
  );
  const conditions = [{ sql: 'seq BETWEEN ? AND ?', values: [from, to] }, ...conditionsOf(filter, rest)];
  return {
    branches: branches.map((branch) => narrowed(branch, conditions)),
    fits: countedParts,
    reads,
    isInOrder: part === 'all',
    isExact: rest.every((each) => each === 'shown' || each === 'fromDay' || each === 'toDay'),
  };
}

/** A branch with further conditions on the row. */
export function narrowed({ sql, values }: Branch, conditions: readonly Fragment[]): Branch {
  return {
    sql: [sql, ...conditions.map((condition) => condition.sql)].join(' AND '),
    values: [...values, ...conditions.flatMap((condition) => condition.values)],
  };
}

/** A source, of which only what lies between two `seq` is read. */
export function sourceWithin({ branches, fits }: Source, from: number, to: number): Source {
  const between = { sql: 'messages.seq BETWEEN ? AND ?', values: [from, to] };
  return { branches: branches.map((branch) => narrowed(branch, [between])), fits };
}

type IndexedPart = keyof ConditionCounts;

/** The condition that lets the fewest messages through. */
function rarestOf(filter: CountedFilter, counts: ConditionCounts): { part: IndexedPart; reads: number } {
  const parts = (['direction', 'status', 'ownNumber'] as const).filter((part) => filter[part] !== undefined);
  return [...parts].reduce<{ part: IndexedPart; reads: number }>(
    (best, part) => (counts[part] <= best.reads ? { part, reads: counts[part] } : best),
    { part: 'all', reads: counts.all },
  );
}

function indexSource(filter: CountedFilter, part: IndexedPart): Pick<Source, 'branches'> {
  const { ownNumber = '', direction = '', status = '' } = filter;
  if (part === 'ownNumber') return ownSource(ownNumber, filter.direction);
  const wheres = {
    all: { sql: 'messages NOT INDEXED WHERE true', values: [] },
    direction: { sql: 'messages INDEXED BY messages_by_direction WHERE direction = ?', values: [direction] },
    status: { sql: 'messages INDEXED BY messages_by_status WHERE status = ?', values: [status] },
  };
  return { branches: [wheres[part]] };
}

function numberSource(
  wheres: { readonly [Direction in MessageDirection]: readonly string[] },
  values: readonly string[],
  direction: MessageDirection | undefined,
): Source {
  const sqls = direction === undefined ? [...wheres.outbound, ...wheres.inbound] : wheres[direction];
  return {
    branches: sqls.map((sql) => ({ sql, values })),
    fits: ['number', ...(direction === undefined ? [] : (['direction'] as const))],
  };
}
