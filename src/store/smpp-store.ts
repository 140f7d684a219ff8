import type { Database } from './database.ts';

/** What the client of a submitted text wants to hear of it, and the addresses it knows it by. */
export interface ReceiptRequest {
  readonly keyId: string;
  /** registered_delivery, as it was asked for. */
  readonly wanted: number;
  /** JSON. */
  readonly addresses: string;
  readonly createdAt: number;
}

/** Something that a client has not acknowledged yet: a receipt, or without one an inbound text. */
export interface SmppDelivery {
  readonly delivery_id: number;
  readonly message_id: string;
  /** JSON; null for an inbound text. */
  readonly receipt: string | null;
  readonly attempts: number;
}

interface RequestRow {
  readonly key_id: string;
  readonly wanted: number;
  readonly addresses: string;
  readonly created_at: number;
}

/** Which messages SMPP clients want receipts of, and what waits for their acknowledgement. */
export class SmppStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: () => Result): Result {
    return this.#database.transaction(work);
  }

  /** Runs `action` when the present transaction is on disk. */
  afterCommit(action: () => void): void {
    this.#database.afterCommit(action);
  }

  keepRequest(messageId: string, request: ReceiptRequest): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO smpp_requests (message_id, key_id, wanted, addresses, created_at)
         VALUES (?, ?, ?, ?, ?)`,
      )
      .run(messageId, request.keyId, request.wanted, request.addresses, request.createdAt);
  }

  request(messageId: string): ReceiptRequest | undefined {
    const row = this.#database
      .prepare<[string], RequestRow>(
        'SELECT key_id, wanted, addresses, created_at FROM smpp_requests WHERE message_id = ?',
      )
      .get(messageId);
    return (
      row && {
        keyId: row.key_id,
        wanted: row.wanted,
        addresses: row.addresses,
        createdAt: row.created_at,
      }
    );
  }

  /** The key that brought a text; undefined where there is no such text, or no key brought it. */
  bringerOf(messageId: string): string | undefined {
    const row = this.#database
      .prepare<[string], { key_id: string | null }>('SELECT key_id FROM messages WHERE message_id = ?')
      .get(messageId);
    return row?.key_id ?? undefined;
  }

  /** When the last thing happened to a message, in milliseconds since 1970. */
  endedAt(messageId: string): number | undefined {
    const row = this.#database
      .prepare<[string], { at: number | null }>(
        'SELECT max(at) AS at FROM timeline WHERE message_seq = (SELECT seq FROM messages WHERE message_id = ?)',
      )
      .get(messageId);
    return row?.at ?? undefined;
  }

  forgetRequest(messageId: string): void {
    this.#database.prepare('DELETE FROM smpp_requests WHERE message_id = ?').run(messageId);
  }

  /** Those of texts that still wait to leave are kept, however long ago they were scheduled. */
  forgetRequestsBefore(before: number): void {
    this.#database
      .prepare(
        `DELETE FROM smpp_requests WHERE created_at < @before AND NOT EXISTS
           (SELECT 1 FROM messages WHERE messages.message_id = smpp_requests.message_id
              AND (status IN ('queued', 'dispatched') OR sent_at >= @before))`,
      )
      .run({ before });
  }

  /** From now on inbound texts are kept for this key until its client has taken them. */
  keepReceiver(keyId: string, at: number): void {
    this.#database
      .prepare(
        `INSERT INTO smpp_receivers (key_id, bound_at) VALUES (?, ?)
         ON CONFLICT (key_id) DO UPDATE SET bound_at = excluded.bound_at`,
      )
      .run(keyId, at);
  }

  /** The keys that inbound texts are kept for. */
  receivers(): string[] {
    return this.#database
      .prepare<[], { key_id: string }>(
        `SELECT key_id FROM smpp_receivers JOIN keys USING (key_id) WHERE revoked_at IS NULL`,
      )
      .all()
      .map(({ key_id }) => key_id);
  }

  /** Forgets those who did not come for so long, and what nobody took for so long; how much that was. */
  forgetReceiversBefore(before: number): number {
    return this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM smpp_receivers WHERE bound_at < ?').run(before);
      return this.#database.prepare('DELETE FROM smpp_deliveries WHERE created_at < ?').run(before).changes;
    });
  }

  keepDelivery(keyId: string, messageId: string, receipt: string | undefined, at: number): void {
    this.#database
      .prepare('INSERT INTO smpp_deliveries (key_id, message_id, receipt, created_at) VALUES (?, ?, ?, ?)')
      .run(keyId, messageId, receipt ?? null, at);
  }

  /** What waits for a key, oldest first, what was refused before after all else: at most `limit`, none in `inHand`. */
  due(keyId: string, now: number, inHand: Iterable<number>, limit: number): SmppDelivery[] {
    return this.#database
      .prepare<[string, number, string, number], SmppDelivery>(
        `SELECT delivery_id, message_id, receipt, attempts FROM smpp_deliveries INDEXED BY smpp_deliveries_due
         WHERE key_id = +? AND due_at <= ? AND delivery_id NOT IN (SELECT value FROM json_each(?))
         ORDER BY due_at, delivery_id LIMIT ?`,
      )
      .all(keyId, now, JSON.stringify([...inHand]), limit);
  }

  acknowledged(deliveryIds: readonly number[]): void {
    this.#database
      .prepare('DELETE FROM smpp_deliveries WHERE delivery_id IN (SELECT value FROM json_each(?))')
      .run(JSON.stringify(deliveryIds));
  }

  postpone(deliveryId: number, dueAt: number): void {
    this.#database
      .prepare('UPDATE smpp_deliveries SET due_at = ?, attempts = attempts + 1 WHERE delivery_id = ?')
      .run(dueAt, deliveryId);
  }

  /** When the next of those that wait for a time may be given to a client of the key. */
  nextDueAt(keyId: string, now: number): number | undefined {
    return (
      this.#database
        .prepare<[string, number], { at: number | null }>(
          `SELECT min(due_at) AS at FROM smpp_deliveries INDEXED BY smpp_deliveries_due
           WHERE key_id = +? AND due_at > ?`,
        )
        .get(keyId, now)?.at ?? undefined
    );
  }

  /** The wall clock was set back: what waits for a span of time goes along with it. */
  moveWaits(byMs: number): void {
    this.#database.prepare('UPDATE smpp_deliveries SET due_at = due_at + ? WHERE due_at > 0').run(byMs);
  }

  /** How many deliveries wait. */
  waiting(): number {
    return (
      this.#database.prepare<[], { waiting: number }>('SELECT count(*) AS waiting FROM smpp_deliveries').get()
        ?.waiting ?? 0
    );
  }
}
