import type { Clock } from '../clock.ts';
import type { AuditAction, AuditActor, AuditEntry, AuditQuery } from '../contract/audit.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { Database } from './database.ts';

/** Who does something, and the request it came with. */
export interface Actor extends AuditActor {
  readonly requestId: string | null;
}

/** What is done. `details` must hold no secret. */
export interface Act {
  readonly action: AuditAction;
  readonly target?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

interface AuditRow {
  readonly audit_id: number;
  readonly at: number;
  readonly action: AuditAction;
  readonly target: string | null;
  readonly details: string;
  readonly actor_kind: AuditActor['kind'];
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly address: string | null;
  readonly request_id: string | null;
}

const dayMs = 24 * 3_600_000;
const keptForMs = 400 * dayMs;
const mostEntries = 200_000;

/** Who did what: each line is written in the transaction of the change it tells of. */
export class AuditLog {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Does `work` and writes down who did it, both or neither. Inside another transaction a part of that.
   *
   * @param act what is done, or what tells it from the result: undefined when nothing was
   */
  during<Result>(actor: Actor, act: Act | ((result: Result) => Act | undefined), work: () => Result): Result {
    return this.#database.transaction(() => {
      const result = work();
      const done = typeof act === 'function' ? act(result) : act;
      if (done) this.note(actor, done);
      return result;
    });
  }

  /** Writes down what has no transaction of its own: a command to a modem, a refused password. */
  note(actor: Actor, { action, target, details = {} }: Act): void {
    this.#database
      .prepare(
        `INSERT INTO audit (at, action, target, details, actor_kind, actor_id, actor_name, address, request_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        this.#clock.now(),
        action,
        target ?? null,
        JSON.stringify(details),
        actor.kind,
        actor.id,
        actor.name,
        actor.address,
        actor.requestId,
      );
  }

  /** Newest first. */
  page(query: AuditQuery): { readonly data: AuditEntry[]; readonly total: number } {
    const { where, values } = conditionsOf(query);
    const offset = (query.page - 1) * query.per_page;
    const rows = this.#database
      .prepare<unknown[], AuditRow>(`SELECT * FROM audit ${where} ORDER BY audit_id DESC LIMIT ? OFFSET ?`)
      .all(...values, query.per_page, offset);
    const counted = this.#database
      .prepare<unknown[], { total: number }>(`SELECT count(*) AS total FROM audit ${where}`)
      .get(...values);
    return { data: rows.map(toEntry), total: counted?.total ?? 0 };
  }

  /** Forgets what is older than 400 days, and the oldest of more than 200,000 entries; at most `limit`, and how many. */
  prune(limit: number): number {
    const tooOld = this.#forget('at < ? ORDER BY at', this.#clock.now() - keptForMs, limit);
    const tooMany = 'audit_id <= (SELECT max(audit_id) FROM audit) - ? ORDER BY audit_id';
    return tooOld + this.#forget(tooMany, mostEntries, limit - tooOld);
  }

  #forget(which: string, bound: number, limit: number): number {
    return this.#database
      .prepare(`DELETE FROM audit WHERE audit_id IN (SELECT audit_id FROM audit WHERE ${which} LIMIT ?)`)
      .run(bound, limit).changes;
  }
}

function conditionsOf(query: AuditQuery): { where: string; values: (string | number)[] } {
  const conditions: [string, (string | number)[]][] = [];
  const add = (sql: string, ...values: (string | number)[]) => conditions.push([sql, values]);
  if (query.action !== undefined) add('action = ?', query.action);
  if (query.target !== undefined) add('target = ?', query.target);
  if (query.actor !== undefined) add('(actor_id = ? OR actor_name = ?)', query.actor, query.actor);
  if (query.from_date !== undefined) add('at >= ?', startOf(query.from_date));
  if (query.to_date !== undefined) add('at < ?', startOf(query.to_date) + dayMs);
  const where = conditions.length > 0 ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
  return { where, values: conditions.flatMap(([, values]) => values) };
}

/** The first millisecond of a calendar day in UTC. */
function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.audit_id,
    at: formatTimestamp(row.at),
    action: row.action,
    target: row.target,
    details: JSON.parse(row.details) as Record<string, unknown>,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name, address: row.address },
    request_id: row.request_id,
  };
}
