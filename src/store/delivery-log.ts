import type { EventType } from '../contract/event.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { DeliveryQuery, DeliveryState, DeliveryView } from '../contract/webhook.ts';
import type { Database } from './database.ts';

interface DeliveryRow {
  readonly delivery_seq: number;
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  readonly event_type: EventType;
  readonly state: DeliveryState;
  readonly due_at: number;
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly redelivery_of: string | null;
  readonly test: number;
  readonly body: string;
}

interface AttemptRow {
  readonly at: number;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly response: string;
  readonly error: string | null;
}

/** The deliveries to webhooks as they are read over the API, each with all its attempts. */
export class DeliveryLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A page of the deliveries to one webhook, newest first. */
  page(webhookId: string, query: DeliveryQuery): { readonly data: DeliveryView[]; readonly total: number } {
    const where = query.status === undefined ? 'webhook_id = ?' : 'webhook_id = ? AND state = ?';
    const values = query.status === undefined ? [webhookId] : [webhookId, query.status];
    const rows = this.#database
      .prepare<unknown[], DeliveryRow>(
        `SELECT * FROM deliveries WHERE ${where} ORDER BY delivery_seq DESC LIMIT ? OFFSET ?`,
      )
      .all(...values, query.per_page, (query.page - 1) * query.per_page);
    const total = this.#database
      .prepare<unknown[], { total: number }>(`SELECT count(*) AS total FROM deliveries WHERE ${where}`)
      .get(...values);
    return { data: rows.map((row) => this.#view(row)), total: total?.total ?? 0 };
  }

  find(webhookId: string, deliveryId: string): DeliveryView | undefined {
    const row = this.#database
      .prepare<[string, string], DeliveryRow>(
        'SELECT * FROM deliveries WHERE webhook_id = ? AND delivery_id = ?',
      )
      .get(webhookId, deliveryId);
    return row && this.#view(row);
  }

  /** How many deliveries to a webhook are in a state. */
  count(webhookId: string, state: DeliveryState): number {
    const row = this.#database
      .prepare<[string, string], { count: number }>(
        'SELECT count(*) AS count FROM deliveries WHERE webhook_id = ? AND state = ?',
      )
      .get(webhookId, state);
    return row?.count ?? 0;
  }

  #view(row: DeliveryRow): DeliveryView {
    return {
      id: row.delivery_id,
      webhook_id: row.webhook_id,
      event_id: row.event_id,
      event_type: row.event_type,
      status: row.state,
      created_at: formatTimestamp(row.created_at),
      next_attempt_at: row.state === 'waiting' ? formatTimestamp(row.due_at) : null,
      ended_at: row.ended_at === null ? null : formatTimestamp(row.ended_at),
      redelivery_of: row.redelivery_of,
      test: row.test === 1,
      body: row.body,
      attempts: this.#attempts(row.delivery_seq),
    };
  }

  #attempts(seq: number): DeliveryView['attempts'] {
    return this.#database
      .prepare<[number], AttemptRow>(
        `SELECT at, duration_ms, status, response, error FROM delivery_attempts
         WHERE delivery_seq = ? ORDER BY attempt_id`,
      )
      .all(seq)
      .map((row) => ({ ...row, at: formatTimestamp(row.at) }));
  }
}
