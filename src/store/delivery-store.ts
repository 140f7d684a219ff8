import type { EventEnvelope, EventType } from '../contract/event.ts';
import type { DeliveryState } from '../contract/webhook.ts';
import type { Database } from './database.ts';
import { randomText } from './random-text.ts';

/** A delivery that can be tried now. */
export interface DueDelivery {
  readonly seq: number;
  readonly eventId: string;
  readonly eventType: EventType;
  readonly body: string;
  /** How often it was tried before. */
  readonly attempts: number;
}

/** What became of one attempt. Times are milliseconds since 1970. */
export interface AttemptRecord {
  readonly seq: number;
  readonly at: number;
  readonly durationMs: number;
  readonly status: number | undefined;
  readonly response: string;
  readonly error: string | undefined;
  readonly state: DeliveryState;
  /** When it is tried next, while it waits. */
  readonly dueAt: number | undefined;
}

/** A delivery that nothing in the queue led to. */
export interface ExtraDelivery {
  readonly webhookId: string;
  readonly event: EventEnvelope;
  readonly at: number;
}

const messageEvent = /^sms\./;
const idLength = 20;
/** So few are deleted at once that nothing else waits for it. */
const prunedAtOnce = 500;

const dueSql = `
  SELECT delivery_seq AS seq, event_id AS eventId, event_type AS eventType, body, attempts
  FROM deliveries INDEXED BY deliveries_due
  WHERE webhook_id = +? AND state = 'waiting' AND due_at <= ? AND NOT EXISTS (
    SELECT 1 FROM deliveries AS earlier INDEXED BY deliveries_of_message
    WHERE earlier.message_id = deliveries.message_id AND earlier.delivery_seq < deliveries.delivery_seq
      AND earlier.webhook_id = deliveries.webhook_id AND earlier.state = 'waiting')
  ORDER BY due_at, delivery_seq LIMIT ?`;

/**
 * The outbox of webhooks: a row for each event and each webhook that asked for its type, written in the transaction of
 * the event itself.
 */
export class DeliveryStore {
  readonly #database: Database;
  #added: (webhookIds: readonly string[]) => void = () => undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Calls `action` with the webhooks for which something new is on disk. */
  onAdded(action: (webhookIds: readonly string[]) => void): void {
    this.#added = action;
  }

  /** Runs `action` when the present transaction is on disk. */
  afterCommit(action: () => void): void {
    this.#database.afterCommit(action);
  }

  /** Takes an event for all webhooks that asked for its type, as a part of the caller's transaction. */
  add(event: EventEnvelope, at: number): void {
    const wanted = this.#wanted(event.event_type);
    if (wanted.length === 0) return;
    for (const webhookId of wanted) this.#insert({ webhookId, event, at }, {});
    this.#database.afterCommit(() => this.#added(wanted));
  }

  /** Brings the event of a delivery once more. The id of the new one; undefined where there is no such delivery. */
  addAgain(webhookId: string, deliveryId: string, at: number): string | undefined {
    const row = this.#database
      .prepare<[string, string], { body: string }>(
        'SELECT body FROM deliveries WHERE webhook_id = ? AND delivery_id = ?',
      )
      .get(webhookId, deliveryId);
    if (!row) return undefined;
    const event = JSON.parse(row.body) as EventEnvelope;
    const id = this.#insert({ webhookId, event, at }, { redeliveryOf: deliveryId });
    this.#database.afterCommit(() => this.#added([webhookId]));
    return id;
  }

  /** Keeps an event that was made up for a test, and the one attempt there was. Answers its id. */
  addTested(extra: ExtraDelivery, attempt: Omit<AttemptRecord, 'seq'>): string {
    return this.#database.transaction(() => {
      const id = this.#insert(extra, { test: true });
      const { seq } = this.#database
        .prepare<[string], { seq: number }>(
          'SELECT delivery_seq AS seq FROM deliveries WHERE delivery_id = ?',
        )
        .get(id) as { seq: number };
      this.#record({ ...attempt, seq });
      return id;
    });
  }

  /** At most `limit` deliveries to try now: of the events of one message only the oldest that waits. */
  due(webhookId: string, now: number, limit: number): DueDelivery[] {
    return this.#database.prepare<[string, number, number], DueDelivery>(dueSql).all(webhookId, now, limit);
  }

  /** When the next one of those that wait for a time falls due. */
  nextDueAt(webhookId: string, now: number): number | undefined {
    const row = this.#database
      .prepare<[string, number], { at: number | null }>(
        `SELECT min(due_at) AS at FROM deliveries INDEXED BY deliveries_due
         WHERE webhook_id = +? AND state = 'waiting' AND due_at > ?`,
      )
      .get(webhookId, now);
    return row?.at ?? undefined;
  }

  /** The wall clock was set back: what waits for a span of time goes along with it. */
  moveWaits(byMs: number): void {
    this.#database
      .prepare(
        `UPDATE deliveries INDEXED BY deliveries_due SET due_at = due_at + ?
         WHERE webhook_id IS NOT NULL AND state = 'waiting'`,
      )
      .run(byMs);
  }

  /** Whether it still waits: it may have been erased, or its webhook deleted. */
  isWaiting(seq: number): boolean {
    return (
      this.#database
        .prepare(
          `SELECT 1 FROM deliveries JOIN webhooks USING (webhook_id)
           WHERE delivery_seq = ? AND state = 'waiting' AND deleted_at IS NULL`,
        )
        .get(seq) !== undefined
    );
  }

  /**
   * Writes down what became of these attempts, in one transaction. A power cut may take the last of it back: then those
   * events are brought once more, as they are after an end between a receiver's answer and this.
   */
  record(attempts: readonly AttemptRecord[]): void {
    this.#database.unflushed(() => {
      for (const attempt of attempts) this.#record(attempt);
    });
  }

  /** All that waits to be delivered, for whoever watches over the gateway: how many, and since when the oldest is due. */
  backlog(now: number): { readonly waiting: number; readonly dueSince: number | undefined } {
    const row = this.#database
      .prepare<[number], { waiting: number; dueSince: number | null }>(
        `SELECT count(*) AS waiting, min(CASE WHEN due_at <= ? THEN due_at END) AS dueSince
         FROM deliveries INDEXED BY deliveries_due WHERE state = 'waiting'`,
      )
      .get(now);
    return { waiting: row?.waiting ?? 0, dueSince: row?.dueSince ?? undefined };
  }

  /** Deletes what ended before `before` and what belongs to deleted webhooks, a part at a time. True when more is left. */
  prune(before: number): boolean {
    const run = (condition: string, value: number) =>
      this.#database
        .prepare(
          `DELETE FROM deliveries WHERE delivery_seq IN
             (SELECT delivery_seq FROM deliveries WHERE ${condition} LIMIT ${prunedAtOnce})`,
        )
        .run(value).changes;
    const old = run('ended_at < ?', before);
    const orphaned = run('webhook_id IN (SELECT webhook_id FROM webhooks WHERE deleted_at > ?)', 0);
    this.#database
      .prepare(
        `DELETE FROM webhooks WHERE deleted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.webhook_id = webhooks.webhook_id)`,
      )
      .run();
    return old === prunedAtOnce || orphaned === prunedAtOnce;
  }

  /**
   * Gives up what has waited to be delivered to a webhook since before `before`, a part at a time: of a receiver that is
   * dead for weeks far more waits than can be tried in vain. True when more is left.
   */
  giveUpOlder(webhookId: string, before: number, now: number): boolean {
    const oldest = `SELECT delivery_seq FROM deliveries INDEXED BY deliveries_by_state
      WHERE webhook_id = +? AND state = 'waiting' ORDER BY delivery_seq LIMIT ${prunedAtOnce}`;
    const { changes } = this.#database
      .prepare(
        `UPDATE deliveries SET state = 'given_up', ended_at = ?
         WHERE delivery_seq IN (${oldest}) AND created_at < ?`,
      )
      .run(now, webhookId, before);
    return changes === prunedAtOnce;
  }

  #wanted(type: EventType): string[] {
    return this.#database
      .prepare<[string], { id: string }>(
        'SELECT webhook_id AS id FROM webhooks WHERE deleted_at IS NULL AND instr(events, ?) > 0',
      )
      .all(`,${type},`)
      .map(({ id }) => id);
  }

  #insert({ webhookId, event, at }: ExtraDelivery, kind: { redeliveryOf?: string; test?: boolean }): string {
    const id = randomText(idLength);
    const data = event.data as { readonly message_id?: unknown };
    const ofMessage =
      messageEvent.test(event.event_type) && typeof data.message_id === 'string' && !kind.test;
    this.#database
      .prepare(
        `INSERT INTO deliveries (delivery_id, webhook_id, event_id, event_type, message_id, body, due_at, created_at,
           redelivery_of, test)
         VALUES (@id, @webhookId, @eventId, @eventType, @messageId, @body, @at, @at, @redeliveryOf, @test)`,
      )
      .run({
        id,
        webhookId,
        eventId: event.event_id,
        eventType: event.event_type,
        messageId: ofMessage ? data.message_id : null,
        body: JSON.stringify(event),
        at,
        redeliveryOf: kind.redeliveryOf ?? null,
        test: kind.test ? 1 : 0,
      });
    return id;
  }

  #record(attempt: AttemptRecord): void {
    const endedAt = attempt.state === 'waiting' ? null : attempt.at + attempt.durationMs;
    const { changes } = this.#database
      .prepare(
        `UPDATE deliveries SET state = ?, attempts = attempts + 1, due_at = coalesce(?, due_at), ended_at = ?
         WHERE delivery_seq = ? AND state = 'waiting'`,
      )
      .run(attempt.state, attempt.dueAt ?? null, endedAt, attempt.seq);
    if (changes === 0) return; // it was erased meanwhile, or its webhook deleted
    this.#database
      .prepare(
        `INSERT INTO delivery_attempts (delivery_seq, at, duration_ms, status, response, error)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        attempt.seq,
        attempt.at,
        attempt.durationMs,
        attempt.status ?? null,
        attempt.response,
        attempt.error ?? null,
      );
  }
}
