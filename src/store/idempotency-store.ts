import type { Database } from './database.ts';

/** How long a repeated `Idempotency-Key` gives the first answer again. Milliseconds. */
export const idempotencyWindowMs = 24 * 60 * 60 * 1000;

export interface KeptAnswer {
  readonly requestHash: string;
  readonly answer: string;
}

/** First answers by key of the caller and key of the request; written in the transaction of the message itself. */
export class IdempotencyStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(keyId: string, idempotencyKey: string, now: number): KeptAnswer | undefined {
    const row = this.#database
      .prepare<[string, string, number], { request_hash: string; answer: string }>(
        `SELECT request_hash, answer FROM idempotency WHERE key_id = ? AND idempotency_key = ? AND created_at > ?`,
      )
      .get(keyId, idempotencyKey, now - idempotencyWindowMs);
    return row && { requestHash: row.request_hash, answer: row.answer };
  }

  keep(keyId: string, idempotencyKey: string, kept: KeptAnswer, now: number): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO idempotency (key_id, idempotency_key, request_hash, answer, created_at)
         VALUES (?, ?, ?, ?, ?)`,
      )
      .run(keyId, idempotencyKey, kept.requestHash, kept.answer, now);
  }

  /** Forgets at most `limit` answers that no repeated request gets any more, the oldest first; how many. */
  prune(now: number, limit: number): number {
    return this.#database
      .prepare(
        `DELETE FROM idempotency WHERE (key_id, idempotency_key) IN
           (SELECT key_id, idempotency_key FROM idempotency WHERE created_at <= ? ORDER BY created_at LIMIT ?)`,
      )
      .run(now - idempotencyWindowMs, limit).changes;
  }
}
