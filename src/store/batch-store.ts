import { randomUUID } from 'node:crypto';
import type { BatchView } from '../contract/batch.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { Database } from './database.ts';

/** A `due_at` that no clock reaches: the text waits for a person. Less than the one of texts that wait for evidence. */
export const heldByPerson = 8_000_000_000_000_000;

export interface BatchRow {
  readonly batch_seq: number;
  readonly batch_id: string;
  readonly name: string | null;
  readonly refused: number;
  readonly created_at: number;
  readonly paused_at: number | null;
  readonly cancelled_at: number | null;
}

/** Part of a batch's texts that was changed. */
export interface Slice {
  readonly changed: number;
  /** The numbers that they leave from. */
  readonly numbers: readonly string[];
}

const waiting = `status IN ('queued', 'dispatched')`;
const untouched = `${waiting} AND started = 0
  AND NOT EXISTS (SELECT 1 FROM segments WHERE message_seq = messages.seq AND state = 'submitting')`;

/** Batches, and what is done to all texts of one: in slices, so that nothing else waits for a large one. */
export class BatchStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  create(name: string | undefined, keyId: string, at: number, pausedAt: number | null): BatchRow {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO batches (batch_id, name, key_id, created_at, paused_at) VALUES (?, ?, ?, ?, ?)')
      .run(randomUUID(), name ?? null, keyId, at, pausedAt);
    const row = this.#database
      .prepare<[number | bigint], BatchRow>('SELECT * FROM batches WHERE batch_seq = ?')
      .get(lastInsertRowid);
    if (!row) throw new Error('a batch that was just written cannot be read');
    return row;
  }

  find(batchId: string): BatchRow | undefined {
    return this.#database
      .prepare<[string], BatchRow>('SELECT * FROM batches WHERE batch_id = ?')
      .get(batchId);
  }

  addRefused(batchSeq: number, count: number): void {
    this.#database
      .prepare('UPDATE batches SET refused = refused + ? WHERE batch_seq = ?')
      .run(count, batchSeq);
  }

  setRefused(batchSeq: number, count: number): void {
    this.#database.prepare('UPDATE batches SET refused = ? WHERE batch_seq = ?').run(count, batchSeq);
  }

  setPaused(batchSeq: number, at: number | null): void {
    this.#database.prepare('UPDATE batches SET paused_at = ? WHERE batch_seq = ?').run(at, batchSeq);
  }

  setCancelled(batchSeq: number, at: number): void {
    this.#database.prepare('UPDATE batches SET cancelled_at = ? WHERE batch_seq = ?').run(at, batchSeq);
  }

  /** Newest first. */
  page(page: number, perPage: number): { readonly data: BatchView[]; readonly total: number } {
    const rows = this.#database
      .prepare<[number, number], BatchRow>('SELECT * FROM batches ORDER BY batch_seq DESC LIMIT ? OFFSET ?')
      .all(perPage, (page - 1) * perPage);
    const counted = this.#database
      .prepare<[], { total: number }>('SELECT count(*) AS total FROM batches')
      .get();
    return { data: rows.map((row) => this.view(row)), total: counted?.total ?? 0 };
  }

  view(row: BatchRow): BatchView {
    const counts = this.#counts(row.batch_seq);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return {
      batch_id: row.batch_id,
      name: row.name,
      state: stateOf(row, counts.queued + counts.dispatched),
      total,
      refused: row.refused,
      counts,
      created_at: formatTimestamp(row.created_at),
      paused_at: row.paused_at === null ? null : formatTimestamp(row.paused_at),
      cancelled_at: row.cancelled_at === null ? null : formatTimestamp(row.cancelled_at),
    };
  }

  /** Keeps at most `limit` of the texts back of which no part has left. */
  hold(batchSeq: number, limit: number): Slice {
    return this.#change(
      `UPDATE messages SET due_after_pause = due_at, due_at = ${heldByPerson}, status = 'queued'
       WHERE seq IN (SELECT seq FROM messages INDEXED BY messages_by_batch
         WHERE batch_seq = ? AND ${untouched} AND due_at < ${heldByPerson} LIMIT ?)
       RETURNING from_number`,
      batchSeq,
      limit,
    );
  }

  /** Lets at most `limit` of the texts go that were kept back. */
  release(batchSeq: number, limit: number): Slice {
    return this.#change(
      `UPDATE messages SET due_at = due_after_pause, due_after_pause = NULL
       WHERE seq IN (SELECT seq FROM messages INDEXED BY messages_by_batch
         WHERE batch_seq = ? AND ${waiting} AND due_at = ${heldByPerson} LIMIT ?)
       RETURNING from_number`,
      batchSeq,
      limit,
    );
  }

  /** The ids of at most `limit` texts that nobody has begun to hand over. */
  cancellable(batchSeq: number, limit: number): string[] {
    return this.#database
      .prepare<[number, number], { message_id: string }>(
        `SELECT message_id FROM messages INDEXED BY messages_by_batch
         WHERE batch_seq = ? AND ${untouched}
           AND NOT EXISTS (SELECT 1 FROM segments WHERE message_seq = messages.seq AND submitted_at IS NOT NULL)
         LIMIT ?`,
      )
      .all(batchSeq, limit)
      .map((row) => row.message_id);
  }

  /** Batches with texts that wait, of which a crash may have left some held and some not. */
  unfinished(): BatchRow[] {
    return this.#database
      .prepare<[], BatchRow>(
        `SELECT * FROM batches WHERE EXISTS (SELECT 1 FROM messages INDEXED BY messages_by_batch
           WHERE messages.batch_seq = batches.batch_seq AND ${waiting})`,
      )
      .all();
  }

  #change(sql: string, batchSeq: number, limit: number): Slice {
    const rows = this.#database.prepare<[number, number], { from_number: string }>(sql).all(batchSeq, limit);
    return { changed: rows.length, numbers: [...new Set(rows.map((row) => row.from_number))] };
  }

  #counts(batchSeq: number): Record<'queued' | 'dispatched' | 'sent' | 'delivered' | 'failed', number> {
    const rows = this.#database
      .prepare<[number], { status: string; count: number }>(
        `SELECT status, count(*) AS count FROM messages INDEXED BY messages_by_batch
         WHERE batch_seq = ? GROUP BY status`,
      )
      .all(batchSeq);
    const counts = { queued: 0, dispatched: 0, sent: 0, delivered: 0, failed: 0 };
    return Object.assign(counts, Object.fromEntries(rows.map(({ status, count }) => [status, count])));
  }
}

function stateOf(row: BatchRow, waitingCount: number): BatchView['state'] {
  if (row.cancelled_at !== null) return 'cancelled';
  if (waitingCount === 0) return 'finished';
  return row.paused_at === null ? 'running' : 'paused';
}
