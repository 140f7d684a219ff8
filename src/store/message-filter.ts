import type { MessageKind } from '../contract/inbound-kind.ts';
import type { MessageDirection, MessageStatus } from '../contract/message.ts';
import type { MessageQuery } from '../contract/message-query.ts';

/** A piece of SQL with the values of its places. */
export interface Fragment {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** What messages are counted by; undefined: by none of it. Days are counted from 1970 in UTC, both included. */
export interface CountedFilter {
  readonly direction?: MessageDirection | undefined;
  readonly status?: MessageStatus | undefined;
  /** The number of this gateway's own that it left from or came to. */
  readonly ownNumber?: string | undefined;
  readonly fromDay?: number | undefined;
  readonly toDay?: number | undefined;
  /** Without what the log leaves out. */
  readonly shown?: true | undefined;
}

/** What a list is asked for. */
export interface MessageFilter extends CountedFilter {
  readonly number?: string | undefined;
  readonly reference?: string | undefined;
  readonly kind?: MessageKind | undefined;
  readonly blocked?: boolean | undefined;
  readonly text?: string | undefined;
  /** Only what came after the message with this `seq`. */
  readonly after?: number | undefined;
}

/** A part of a filter. */
export type FilterPart = keyof MessageFilter;

/** The parts that counts are kept of. */
export const countedParts: readonly FilterPart[] = [
  'direction',
  'status',
  'ownNumber',
  'fromDay',
  'toDay',
  'shown',
];

const dayMs = 24 * 3_600_000;

/** `after`: the `seq` of the message that the query names. `hidesAny`: whether the log leaves anything out. */
export function filterOf(query: MessageQuery, after: number | undefined, hidesAny: boolean): MessageFilter {
  const leavesOut = query.hidden !== true && query.kind === undefined;
  return {
    direction: query.direction,
    status: query.status,
    fromDay: dayOf(query.from_date),
    toDay: dayOf(query.to_date),
    shown: leavesOut && hidesAny ? true : undefined,
    number: query.number,
    reference: query.client_reference,
    kind: query.kind,
    blocked: query.blocked,
    text: query.q,
    after,
  };
}

/** instr, not LIKE: no character of a search text has a meaning of its own, not even NUL. */
export const holdsText = 'instr(lower(body), lower(?)) > 0';

/** What is hidden is little, and looked up in an index of its own: the row itself need not be read. */
const isShown = `NOT EXISTS (SELECT 1 FROM messages AS hidden_one INDEXED BY messages_hidden
  WHERE hidden_one.hidden = 1 AND hidden_one.seq = messages.seq)`;

const conditions: { readonly [Part in FilterPart]: (value: NonNullable<MessageFilter[Part]>) => Fragment } = {
  direction: (direction) => ({ sql: 'direction = ?', values: [direction] }),
  status: (status) => ({ sql: 'status = ?', values: [status] }),
  ownNumber: (number) => ({
    sql: `CASE direction WHEN 'outbound' THEN from_number ELSE to_number END = ?`,
    values: [number],
  }),
  fromDay: (day) => ({ sql: 'created_at >= ?', values: [day * dayMs] }),
  toDay: (day) => ({ sql: 'created_at < ?', values: [(day + 1) * dayMs] }),
  shown: () => ({ sql: isShown, values: [] }),
  number: (number) => ({
    sql: '(from_number = ? OR to_number = ? OR raw_from = ?)',
    values: [number, number, number],
  }),
  reference: (reference) => ({ sql: 'client_reference = ?', values: [reference] }),
  kind: (kind) => ({ sql: 'kind = ?', values: [kind] }),
  blocked: (blocked) => ({ sql: 'blocked = ?', values: [blocked ? 1 : 0] }),
  text: (text) => ({ sql: holdsText, values: [text] }),
  after: (seq) => ({ sql: 'seq > ?', values: [seq] }),
};

/** The parts of a filter that something is asked of. */
export function partsOf(filter: MessageFilter): FilterPart[] {
  return (Object.keys(filter) as FilterPart[]).filter((part) => filter[part] !== undefined);
}

/** The conditions on a row of `messages` for some parts of a filter. */
export function conditionsOf(filter: MessageFilter, parts: readonly FilterPart[]): Fragment[] {
  return parts.flatMap((part) => conditionOf(filter, part) ?? []);
}

function conditionOf<Part extends FilterPart>(filter: MessageFilter, part: Part): Fragment | undefined {
  const value = filter[part];
  const make = conditions[part] as (value: NonNullable<MessageFilter[Part]>) => Fragment;
  return value === undefined ? undefined : make(value as NonNullable<MessageFilter[Part]>);
}

/** The number of a calendar day, counted from 1970 in UTC. */
function dayOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) / dayMs;
}
