import type { MessageEncoding, MessageStatus } from '../contract/message.ts';
import { heldByPerson } from './batch-store.ts';
import type { Database } from './database.ts';
import { eraseMessage } from './emptying.ts';
import { type MessageRow, messageColumns } from './message-row.ts';

/** A `due_at` that no clock reaches: the message waits for evidence, not for time. */
export const heldForEvidence = 9_000_000_000_000_000;

/** An accepted text as it is written. Times are milliseconds since 1970. */
export interface NewOutbound {
  readonly messageId: string;
  readonly status: 'queued' | 'dispatched';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly encoding: MessageEncoding;
  readonly segmentCount: number;
  readonly createdAt: number;
  readonly clientReference: string | undefined;
  readonly priority: number;
  readonly flash: boolean;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly keyId: string;
  /** The message whose text this one sends again. */
  readonly resendOf: string | undefined;
  /** The batch that it belongs to. */
  readonly batchSeq?: number | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** An outbound message with what sending needs. */
export interface OutboundRow extends MessageRow {
  readonly seq: number;
  readonly from_number: string;
  readonly to_number: string;
  readonly priority: number;
  readonly flash: number;
  readonly due_at: number;
  readonly expires_at: number;
  readonly started: number;
  readonly concat_ref: number | null;
}

const outboundColumns = `seq, ${messageColumns}, priority, flash, due_at, expires_at, started, concat_ref`;
const waiting = `direction = 'outbound' AND status IN ('queued', 'dispatched')`;
/** Of a text in the modem's hands nothing else leaves, and it is not given up: its result decides. */
const notInHand = `NOT EXISTS (SELECT 1 FROM segments WHERE message_seq = messages.seq AND state = 'submitting')`;

/** A `due_at` of such a text was set by a failed try. */
const wasTried = `EXISTS (SELECT 1 FROM segments WHERE message_seq = messages.seq AND attempts > 0)`;

/** All texts, or those that wait for no time that their sender named. */
export type Which = 'all' | 'unscheduled';

const restrictionOf: Readonly<Record<Which, string>> = {
  all: '',
  unscheduled: `AND (due_at = 0 OR ${wasTried})`,
};

const nextSql = (which: Which, restriction = '') =>
  `SELECT ${outboundColumns} FROM messages INDEXED BY messages_queue
   WHERE from_number = +? AND ${waiting} AND due_at <= ? AND expires_at > ? AND ${notInHand} ${restrictionOf[which]} ${restriction}
   ORDER BY priority DESC, seq LIMIT 1`;

/** The outbound half of `messages`: accepted texts and the queue that they are. */
export class OutboundStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  insert(message: NewOutbound): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO messages (message_id, direction, status, from_number, to_number, body, encoding, segment_count,
           created_at, client_reference, priority, flash, due_at, expires_at, key_id, resend_of, batch_seq,
           idempotency_key)
         VALUES (@messageId, 'outbound', @status, @from, @to, @body, @encoding, @segmentCount,
           @createdAt, @clientReference, @priority, @flash, @dueAt, @expiresAt, @keyId, @resendOf, @batchSeq,
           @idempotencyKey)`,
      )
      .run({
        ...message,
        clientReference: message.clientReference ?? null,
        flash: message.flash ? 1 : 0,
        resendOf: message.resendOf ?? null,
        batchSeq: message.batchSeq ?? null,
        idempotencyKey: message.idempotencyKey ?? null,
      });
    return Number(lastInsertRowid);
  }

  get(seq: number): OutboundRow | undefined {
    return this.#database
      .prepare<[number], OutboundRow>(`SELECT ${outboundColumns} FROM messages WHERE seq = ?`)
      .get(seq);
  }

  /** A message of either direction by its id. */
  any(messageId: string): (MessageRow & { readonly seq: number }) | undefined {
    return this.#database
      .prepare<[string], MessageRow & { seq: number }>(
        `SELECT seq, ${messageColumns} FROM messages WHERE message_id = ?`,
      )
      .get(messageId);
  }

  /** Takes text and the other's number out of a message and out of all that was written about it. */
  erase(seq: number, at: number): void {
    eraseMessage(this.#database, seq, at);
  }

  /** The text that leaves next from `number`: by priority, then by age. */
  next(number: string, now: number, which: Which = 'all'): OutboundRow | undefined {
    return this.#database
      .prepare<[string, number, number], OutboundRow>(nextSql(which))
      .get(number, now, now);
  }

  /** The text that would leave next if those to `recipients` were not there. */
  nextToOthers(
    number: string,
    now: number,
    recipients: readonly string[],
    which: Which = 'all',
  ): OutboundRow | undefined {
    const toOthers = 'AND to_number NOT IN (SELECT value FROM json_each(?))';
    return this.#database
      .prepare<[string, number, number, string], OutboundRow>(nextSql(which, toOthers))
      .get(number, now, now, JSON.stringify(recipients));
  }

  /** The text that leaves next if none may go to others than `recipients`. */
  nextAmong(
    number: string,
    now: number,
    recipients: Iterable<string>,
    which: Which = 'all',
  ): OutboundRow | undefined {
    const among = 'AND to_number IN (SELECT value FROM json_each(?))';
    return this.#database
      .prepare<[string, number, number, string], OutboundRow>(nextSql(which, among))
      .get(number, now, now, JSON.stringify([...recipients]));
  }

  /** The wall clock was set: what waits for a span of time, and not for a time that was named, goes along with it. */
  moveWaits(byMs: number): void {
    this.#database.transaction(() => {
      this.#move('due_at', byMs, `due_at BETWEEN 1 AND ${heldByPerson - 1}`);
      this.#move('due_after_pause', byMs, `due_at = ${heldByPerson} AND due_after_pause > 0`);
      this.#database
        .prepare(
          `UPDATE segments INDEXED BY segments_unsettled SET settle_by = settle_by + ?
           WHERE state = 'ambiguous' AND state IN ('submitting', 'ambiguous') AND settle_by IS NOT NULL`,
        )
        .run(byMs);
    });
  }

  #move(column: 'due_at' | 'due_after_pause', byMs: number, condition: string): void {
    this.#database
      .prepare(
        `UPDATE messages INDEXED BY messages_queue SET ${column} = ${column} + ?
         WHERE ${waiting} AND ${condition} AND ${wasTried}`,
      )
      .run(byMs);
  }

  /** When the next of those that wait for a time falls due, or undefined. */
  nextDueAt(number: string, now: number): number | undefined {
    const row = this.#database
      .prepare<[string, number, number], { at: number | null }>(
        `SELECT min(due_at) AS at FROM messages INDEXED BY messages_queue
         WHERE from_number = ? AND ${waiting} AND due_at > ? AND due_at < ?`,
      )
      .get(number, now, heldForEvidence);
    return row?.at ?? undefined;
  }

  /** How many texts wait to leave from `number`. */
  depth(number: string): number {
    const row = this.#database
      .prepare<[string], { depth: number }>(
        `SELECT count(*) AS depth FROM messages INDEXED BY messages_queue WHERE from_number = ? AND ${waiting}`,
      )
      .get(number);
    return row?.depth ?? 0;
  }

  /** The numbers that texts wait to leave from. */
  waitingNumbers(): string[] {
    return this.#database
      .prepare<[], { number: string }>(
        `SELECT DISTINCT from_number AS number FROM messages INDEXED BY messages_queue WHERE ${waiting}`,
      )
      .all()
      .map(({ number }) => number);
  }

  /**
   * Moves at most `limit` texts of which no part has left between `queued` and `dispatched`; those that wait for a
   * time stay `queued`. Returns the sequence numbers of what moved.
   */
  flip(number: string, to: 'queued' | 'dispatched', now: number, limit: number): number[] {
    const from = to === 'queued' ? 'dispatched' : 'queued';
    const due = to === 'dispatched' ? 'AND due_at <= @now' : 'AND @now IS NOT NULL';
    // few are "dispatched" while very many may wait, and most of what waits is "queued"
    const index = to === 'dispatched' ? 'messages_queue' : 'messages_by_status';
    return this.#database
      .prepare<[object], { seq: number }>(
        `UPDATE messages SET status = @to WHERE seq IN (
           SELECT seq FROM messages INDEXED BY ${index}
           WHERE from_number = @number AND ${waiting} AND status = @from AND started = 0 ${due} LIMIT @limit)
         RETURNING seq`,
      )
      .all({ to, number, from, now, limit })
      .map(({ seq }) => seq);
  }

  setStatus(seq: number, status: MessageStatus): void {
    this.#database.prepare('UPDATE messages SET status = ? WHERE seq = ?').run(status, seq);
  }

  /** Puts a text back, to be tried again at `dueAt`; of a batch that is paused, when it is resumed after that. */
  postpone(seq: number, dueAt: number, status: 'queued' | 'dispatched'): void {
    const paused = 'batch_seq IN (SELECT batch_seq FROM batches WHERE paused_at IS NOT NULL)';
    const held = `@status = 'queued' AND batch_seq IS NOT NULL AND ${paused}`;
    this.#database
      .prepare(
        `UPDATE messages SET status = @status, due_at = CASE WHEN ${held} THEN ${heldByPerson} ELSE @dueAt END,
           due_after_pause = CASE WHEN ${held} THEN @dueAt END WHERE seq = @seq`,
      )
      .run({ seq, dueAt, status });
  }

  /** From now on the text cannot go back to `queued`: a part of it left, or may have left. */
  setStarted(seq: number, started: boolean): void {
    this.#database.prepare('UPDATE messages SET started = ? WHERE seq = ?').run(started ? 1 : 0, seq);
  }

  setSent(seq: number, at: number): void {
    this.#database
      .prepare(
        `UPDATE messages SET status = 'sent', sent_at = coalesce(sent_at, ?), failure_reason = NULL WHERE seq = ?`,
      )
      .run(at, seq);
  }

  setCost(seq: number, usd: number | null): void {
    this.#database.prepare('UPDATE messages SET cost_usd = ? WHERE seq = ?').run(usd, seq);
  }

  setDelivered(seq: number, at: number): void {
    this.#database
      .prepare(
        `UPDATE messages SET status = 'delivered', sent_at = coalesce(sent_at, @at), delivered_at = @at,
           failure_reason = NULL WHERE seq = @seq`,
      )
      .run({ seq, at });
  }

  setFailed(seq: number, reason: string): void {
    this.#database
      .prepare(`UPDATE messages SET status = 'failed', failure_reason = ? WHERE seq = ?`)
      .run(reason, seq);
  }

  setConcatReference(seq: number, reference: number): void {
    this.#database.prepare('UPDATE messages SET concat_ref = ? WHERE seq = ?').run(reference, seq);
  }

  /** Texts that nobody wants any more; what may have left already is not among them. */
  expired(now: number, limit: number): OutboundRow[] {
    return this.#database
      .prepare<[number, number, number], OutboundRow>(
        `SELECT ${outboundColumns} FROM messages INDEXED BY messages_expiry
         WHERE ${waiting} AND expires_at <= ? AND due_at < ? AND ${notInHand} ORDER BY expires_at LIMIT ?`,
      )
      .all(now, heldForEvidence, limit);
  }

  nextExpiry(): number | undefined {
    const row = this.#database
      .prepare<[number], { at: number | null }>(
        `SELECT expires_at AS at FROM messages INDEXED BY messages_expiry
         WHERE ${waiting} AND due_at < ? AND ${notInHand} ORDER BY expires_at LIMIT 1`,
      )
      .get(heldForEvidence);
    return row?.at ?? undefined;
  }

  /** The next concatenation reference for one recipient on one SIM; the first is `start`. 0 to 255. */
  nextConcatReference(simId: number, recipient: string, start: number): number {
    const row = this.#database
      .prepare<[number, string, number], { reference: number }>(
        `INSERT INTO concat_references (sim_id, recipient, reference) VALUES (?, ?, ?)
         ON CONFLICT (sim_id, recipient) DO UPDATE SET reference = (reference + 1) % 256 RETURNING reference`,
      )
      .get(simId, recipient, start);
    return row?.reference ?? start;
  }
}
