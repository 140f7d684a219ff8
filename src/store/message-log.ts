import type { MessageKind } from '../contract/inbound-kind.ts';
import type { Message } from '../contract/message.ts';
import type { MessageQuery } from '../contract/message-query.ts';
import type { Database } from './database.ts';
import { type MessageRow, messageColumns, toMessage } from './message-row.ts';

/** One page of the log and how many messages there are on all pages. */
export interface MessagePage {
  readonly data: Message[];
  readonly total: number;
}

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

const dayMs = 24 * 3_600_000;

/** The messages as they are read over the API: one by its id, or pages of what a query asks for. */
export class MessageLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(messageId: string): Message | undefined {
    const row = this.#database
      .prepare<[string], MessageRow>(`SELECT ${messageColumns} FROM messages WHERE message_id = ?`)
      .get(messageId);
    return row && toMessage(row);
  }

  /**
   * Newest first; with `after` the messages newer than that one, oldest first. By `seq`, which a clock that was
   * set back cannot reorder. Undefined when `after` names no message.
   */
  page(query: MessageQuery): MessagePage | undefined {
    const after = query.after === undefined ? undefined : this.#sequenceOf(query.after);
    if (query.after !== undefined && after === undefined) return undefined;
    const conditions = conditionsOf(query, after);
    const values = conditions.flatMap((condition) => condition.values);
    const all = query.hidden === true || query.kind !== undefined;
    const shown = all ? conditions : [...conditions, isHidden(0)];
    const left = all
      ? 0
      : this.#count(`INDEXED BY messages_hidden ${where([...conditions, isHidden(1)])}`, values);
    return {
      data: this.#rows(where(shown), values, query).map(toMessage),
      total: this.#count(where(conditions), values) - left,
    };
  }

  #rows(restriction: string, values: readonly (string | number)[], query: MessageQuery): MessageRow[] {
    const order = query.after === undefined ? 'DESC' : 'ASC';
    return this.#database
      .prepare<unknown[], MessageRow>(
        `SELECT ${messageColumns} FROM messages ${restriction} ORDER BY seq ${order} LIMIT ? OFFSET ?`,
      )
      .all(...values, query.per_page, (query.page - 1) * query.per_page);
  }

  /** What is hidden is counted by itself: there is little of it, and an index of the rest would grow with every text. */
  #count(restriction: string, values: readonly (string | number)[]): number {
    const row = this.#database
      .prepare<unknown[], { total: number }>(`SELECT count(*) AS total FROM messages ${restriction}`)
      .get(...values);
    return row?.total ?? 0;
  }

  #sequenceOf(messageId: string): number | undefined {
    return this.#database
      .prepare<[string], { seq: number }>('SELECT seq FROM messages WHERE message_id = ?')
      .get(messageId.toLowerCase())?.seq;
  }
}

function conditionsOf(query: MessageQuery, after: number | undefined): Condition[] {
  const conditions: (Condition | undefined)[] = [
    when(query.number, (number) => ({
      sql: '(from_number = ? OR to_number = ? OR raw_from = ?)',
      values: [number, number, number],
    })),
    when(query.direction, (direction) => ({ sql: 'direction = ?', values: [direction] })),
    when(query.status, (status) => ({ sql: 'status = ?', values: [status] })),
    when(query.kind, ofKind),
    when(query.blocked, (blocked) => ({ sql: `blocked = ${blocked ? 1 : 0}`, values: [] })),
    when(query.from_date, (day) => ({ sql: 'created_at >= ?', values: [startOf(day)] })),
    when(query.to_date, (day) => ({ sql: 'created_at < ?', values: [startOf(day) + dayMs] })),
    // instr, not LIKE: no character of a search text has a meaning of its own, not even NUL
    when(query.q, (text) => ({ sql: 'instr(lower(body), lower(?)) > 0', values: [text] })),
    when(query.client_reference, (reference) => ({ sql: 'client_reference = ?', values: [reference] })),
    when(after, (sequence) => ({ sql: 'seq > ?', values: [sequence] })),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** The index of kinds leaves ordinary texts out, and is used where the query says so too. */
function ofKind(kind: MessageKind): Condition {
  return { sql: kind === 'text' ? 'kind = ?' : `kind = ? AND kind <> 'text'`, values: [kind] };
}

function isHidden(hidden: 0 | 1): Condition {
  return { sql: `hidden = ${hidden}`, values: [] };
}

function where(conditions: readonly Condition[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '';
}

function when<Value>(value: Value | undefined, make: (value: Value) => Condition): Condition | undefined {
  return value === undefined ? undefined : make(value);
}

/** The first millisecond of a calendar day in UTC. */
function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
