import type { EventType } from '../contract/event.ts';
import type { Database } from './database.ts';

const priorities = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] as const;

/** What monitoring asks of the database, each answered from an index. */
export class TrafficCounts {
  readonly #database: Database;
  #lastEvent: number;

  constructor(database: Database) {
    this.#database = database;
    this.#lastEvent = this.#newestEvent();
  }

  /** How many events of each type were kept since this was asked last. */
  newEvents(): ReadonlyMap<EventType, number> {
    const upTo = this.#newestEvent();
    const rows = this.#database
      .prepare<[number, number], { event_type: EventType; count: number }>(
        `SELECT event_type, count(*) AS count FROM events WHERE event_seq > ? AND event_seq <= ? GROUP BY event_type`,
      )
      .all(this.#lastEvent, upTo);
    this.#lastEvent = upTo;
    return new Map(rows.map(({ event_type, count }) => [event_type, count]));
  }

  /** How many texts there ever were in this database, in both directions. */
  everStored(): number {
    const row = this.#database
      .prepare<[], { seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'messages'`)
      .get();
    return row?.seq ?? 0;
  }

  /** When the oldest text that waits to leave from `number` was accepted. Milliseconds since 1970. */
  oldestWaiting(number: string): number | undefined {
    const found = priorities.flatMap((priority) => {
      const row = this.#database
        .prepare<[string, number], { created_at: number }>(
          `SELECT created_at FROM messages INDEXED BY messages_queue
           WHERE from_number = +? AND direction = 'outbound' AND status IN ('queued', 'dispatched')
             AND priority = +? ORDER BY seq LIMIT 1`,
        )
        .get(number, priority);
      return row ? [row.created_at] : [];
    });
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  /** How many deliveries wait for each webhook that is there, and since when the oldest does (milliseconds since 1970). */
  waitingDeliveries(): readonly { webhookId: string; waiting: number; oldestAt: number | undefined }[] {
    return this.#database
      .prepare<[], { webhook_id: string; waiting: number; oldest: number | null }>(
        `SELECT webhook_id,
           (SELECT count(*) FROM deliveries WHERE deliveries.webhook_id = webhooks.webhook_id AND state = 'waiting')
             AS waiting,
           (SELECT created_at FROM deliveries INDEXED BY deliveries_by_state
            WHERE deliveries.webhook_id = webhooks.webhook_id AND state = 'waiting' ORDER BY delivery_seq LIMIT 1)
             AS oldest
         FROM webhooks WHERE deleted_at IS NULL`,
      )
      .all()
      .map(({ webhook_id, waiting, oldest }) => ({
        webhookId: webhook_id,
        waiting,
        oldestAt: oldest ?? undefined,
      }));
  }

  /** The octets of the database, as far as they hold something or are kept for it. */
  octets(): number {
    const pages = this.#database.prepare<[], { octets: number }>(
      'SELECT page_count * page_size AS octets FROM pragma_page_count(), pragma_page_size()',
    );
    return pages.get()?.octets ?? 0;
  }

  #newestEvent(): number {
    const row = this.#database
      .prepare<[], { seq: number | null }>('SELECT max(event_seq) AS seq FROM events')
      .get();
    return row?.seq ?? 0;
  }
}
