import type { MessageDirection } from '../contract/message.ts';
import type { Database } from './database.ts';
import { eraseMessage, redactMessage } from './emptying.ts';

const dayMs = 24 * 3_600_000;

/** A place in the order of age. */
export interface AgedMessage {
  readonly seq: number;
  readonly created_at: number;
}

/** No limit looks further back than a month, whatever day it begins on. */
const usageKeptMs = 40 * dayMs;

/** So long a `sent` text may still be reported on: the longest validity, and a day. */
const reportedWithinMs = 8 * dayMs;
/** So long a text with parts missing is still mended. */
const mendedWithinMs = 7 * dayMs;

/** Of these messages those of which nothing is awaited, and that are older than a time. */
const finalAmong = `
  SELECT seq FROM messages WHERE seq IN (SELECT value FROM json_each(@seqs))
    AND status IN ('sent', 'delivered', 'failed', 'received') AND created_at < @before
    AND NOT (status = 'sent' AND coalesce(sent_at, created_at) > @now - ${reportedWithinMs})
    AND NOT (complete = 0 AND created_at > @now - ${mendedWithinMs})
    AND NOT EXISTS (SELECT 1 FROM segments WHERE message_seq = messages.seq
      AND (state IN ('submitting', 'ambiguous') OR submitted_at >= @before))`;

/** What is kept for how long. Every method touches a bounded number of rows. */
export class RetentionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** When the newest message was made, in milliseconds since 1970; undefined where there is none. */
  newestAt(): number | undefined {
    const row = this.#database
      .prepare<[], { at: number | null }>('SELECT max(created_at) AS at FROM messages')
      .get();
    return row?.at ?? undefined;
  }

  /** The oldest messages that were made before a time and come after a place in that order, emptied ones or others. */
  olderThan(
    direction: MessageDirection,
    emptied: boolean,
    before: number,
    after: AgedMessage,
    limit: number,
  ): AgedMessage[] {
    return this.#database
      .prepare<[object], AgedMessage>(
        `SELECT seq, created_at FROM messages INDEXED BY messages_by_age
         WHERE direction = @direction AND emptied = @emptied AND created_at < @before
           AND (created_at, seq) > (@createdAt, @seq) ORDER BY created_at, seq LIMIT @limit`,
      )
      .all({
        direction,
        emptied: emptied ? 1 : 0,
        before,
        createdAt: after.created_at,
        seq: after.seq,
        limit,
      });
  }

  /** The sequence number of the message so many (at least one) before another one; undefined where there are fewer. */
  stepBack(direction: MessageDirection, seq: number, count: number): number | undefined {
    return this.#database
      .prepare<[string, number, number], { seq: number }>(
        `SELECT seq FROM messages INDEXED BY messages_by_direction
         WHERE direction = ? AND seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ?`,
      )
      .get(direction, seq, count - 1)?.seq;
  }

  /** The next messages by sequence number after one, up to and not including another. */
  between(direction: MessageDirection, after: number, before: number, limit: number): number[] {
    return this.#database
      .prepare<[string, number, number, number], { seq: number }>(
        `SELECT seq FROM messages INDEXED BY messages_by_direction
         WHERE direction = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?`,
      )
      .all(direction, after, before, limit)
      .map(({ seq }) => seq);
  }

  /** Removes those of these messages that are final and older than `before`, with all that belongs to them. */
  remove(seqs: readonly number[], before: number, now: number): number {
    return this.#database.transaction(() => {
      const final = this.#final(seqs, before, now);
      for (const seq of final) this.#remove(seq, now);
      return final.length;
    });
  }

  /** Takes the texts out of those that are final and older than `before`. */
  redact(seqs: readonly number[], before: number, now: number): number {
    return this.#database.transaction(() => {
      const final = this.#final(seqs, before, now);
      for (const seq of final) redactMessage(this.#database, seq, now);
      return final.length;
    });
  }

  /** Forgets reports that matched nothing and came before a time; how many. */
  removeReports(before: number, limit: number): number {
    return this.#database
      .prepare(
        `DELETE FROM status_reports WHERE report_id IN
           (SELECT report_id FROM status_reports INDEXED BY status_reports_unmatched_by_time
            WHERE segment_id IS NULL AND received_at < ? ORDER BY received_at LIMIT ?)`,
      )
      .run(before, limit).changes;
  }

  /** Forgets what no limit counts any more; how many. */
  removeUsage(now: number, limit: number): number {
    return this.#database
      .prepare(
        'DELETE FROM past_usage WHERE rowid IN (SELECT rowid FROM past_usage WHERE at < ? ORDER BY at LIMIT ?)',
      )
      .run(now - usageKeptMs, limit).changes;
  }

  #final(seqs: readonly number[], before: number, now: number): number[] {
    return this.#database
      .prepare<[object], { seq: number }>(finalAmong)
      .all({ seqs: JSON.stringify(seqs), before, now })
      .map(({ seq }) => seq);
  }

  /** Erased first, so that nothing of it stays in what is kept by its id. */
  #remove(seq: number, now: number): void {
    eraseMessage(this.#database, seq, now);
    this.#database
      .prepare(
        `INSERT INTO past_usage (sim_id, at) SELECT sim_id, submitted_at FROM segments
         WHERE message_seq = ? AND sim_id IS NOT NULL AND submitted_at >= ?`,
      )
      .run(seq, now - usageKeptMs);
    this.#database
      .prepare(
        'DELETE FROM status_reports WHERE segment_id IN (SELECT segment_id FROM segments WHERE message_seq = ?)',
      )
      .run(seq);
    this.#detachParts(seq);
    this.#database.prepare('DELETE FROM messages WHERE seq = ?').run(seq);
  }

  /** What may still lie on a SIM is shown by its modem again, and must be known then. */
  #detachParts(seq: number): void {
    this.#database.prepare('DELETE FROM inbound_parts WHERE message_seq = ? AND on_device = 0').run(seq);
    this.#database
      .prepare('UPDATE inbound_parts SET message_seq = NULL, total = 1 WHERE message_seq = ?')
      .run(seq);
  }
}
