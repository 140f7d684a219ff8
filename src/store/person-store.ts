import type { MessageDirection, MessageStatus } from '../contract/message.ts';
import { type NumberList, numberLists } from '../contract/number-list.ts';
import type { Database } from './database.ts';
import { emptyPart } from './emptying.ts';

/** A column of `messages` in which the other's number stands. */
export type PartyColumn = 'from_number' | 'to_number' | 'raw_from';

/** A message to or from somebody. */
export interface PersonsMessage {
  readonly seq: number;
  readonly message_id: string;
  readonly status: MessageStatus;
}

/** A place among rows that are read one after another. */
export interface Place {
  readonly id: number;
  readonly at: number;
}

/** A row that names somebody by a number, however a network wrote it. */
export interface NamedRow extends Place {
  readonly number: string | null;
}

const indexes: { readonly [Column in PartyColumn]: { readonly [Direction in MessageDirection]: string } } = {
  from_number: { inbound: 'messages_received_from', outbound: 'messages_sent_from' },
  to_number: { inbound: 'messages_received_to', outbound: 'messages_sent_to' },
  raw_from: { inbound: 'messages_by_raw_from', outbound: 'messages_by_raw_from' },
};

const found = (direction: MessageDirection, column: PartyColumn) =>
  `SELECT seq, message_id, status FROM messages INDEXED BY ${indexes[column][direction]}
   WHERE direction = '${direction}' AND ${column} = +@number AND seq > @after`;

/** What is kept of one person beside the messages themselves. Every method reads or changes a bounded number of rows. */
export class PersonStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next messages by sequence number in which a number stands, after one of them. */
  messages(column: PartyColumn, number: string, after: number, limit: number): PersonsMessage[] {
    return this.#database
      .prepare<[object], PersonsMessage>(
        `${found('inbound', column)} UNION ALL ${found('outbound', column)} ORDER BY seq LIMIT @limit`,
      )
      .all({ number, after, limit });
  }

  /** PDUs of a message that passed over a port since then. */
  pdus(seq: number, since: number): string[] {
    return this.#database
      .prepare<[object], { pdu: string }>(
        `SELECT pdu FROM attempts JOIN segments USING (segment_id)
           WHERE message_seq = @seq AND attempts.submitted_at >= @since
         UNION ALL SELECT pdu FROM inbound_parts WHERE message_seq = @seq AND received_at >= @since
         UNION ALL SELECT pdu FROM status_reports JOIN segments USING (segment_id)
           WHERE message_seq = @seq AND received_at >= @since
         LIMIT 2000`,
      )
      .all({ seq, since })
      .map(({ pdu }) => pdu);
  }

  /** Parts of long texts that wait for others. */
  waitingParts({ id, at }: Place, limit: number): (NamedRow & { readonly pdu: string })[] {
    return this.#database
      .prepare<[number, number, number], NamedRow & { pdu: string }>(
        `SELECT part_id AS id, received_at AS at, sender AS number, pdu FROM inbound_parts INDEXED BY inbound_parts_unfinished
         WHERE total > 1 AND message_seq IS NULL AND (received_at, part_id) > (?, ?)
         ORDER BY received_at, part_id LIMIT ?`,
      )
      .all(at, id, limit);
  }

  /** A part becomes nobody's, and is handed over to nobody. */
  forgetPart({ id, pdu }: { readonly id: number; readonly pdu: string }): void {
    emptyPart(this.#database, { part_id: id, pdu });
    this.#database.prepare('UPDATE inbound_parts SET sender = NULL, total = 1 WHERE part_id = ?').run(id);
  }

  /** Parts of long texts that an SMPP client submitted, by the number that they are to go to. */
  submittedParts({ id }: Place, limit: number): NamedRow[] {
    return this.#database
      .prepare<[number, number], NamedRow>(
        `SELECT part_id AS id, received_at AS at, json_extract(submission, '$.addresses.destination.address') AS number
         FROM smpp_parts WHERE part_id > ? ORDER BY part_id LIMIT ?`,
      )
      .all(id, limit);
  }

  removeSubmittedPart(partId: number): void {
    this.#database.prepare('DELETE FROM smpp_parts WHERE part_id = ?').run(partId);
  }

  /** Delivery reports that no text was found for. */
  unmatchedReports({ id, at }: Place, limit: number): NamedRow[] {
    return this.#database
      .prepare<[number, number, number], NamedRow>(
        `SELECT report_id AS id, received_at AS at, recipient AS number
         FROM status_reports INDEXED BY status_reports_unmatched_by_time
         WHERE segment_id IS NULL AND (received_at, report_id) > (?, ?) ORDER BY received_at, report_id LIMIT ?`,
      )
      .all(at, id, limit);
  }

  removeReport(reportId: number): void {
    this.#database.prepare('DELETE FROM status_reports WHERE report_id = ?').run(reportId);
  }

  /** Kept events in which a caller's number stands. */
  calls({ id }: Place, limit: number): NamedRow[] {
    return this.#database
      .prepare<[number, number], NamedRow>(
        `SELECT event_seq AS id, created_at AS at, iif(event_type LIKE 'call.%', json_extract(data, '$.from'), NULL) AS number
         FROM events WHERE event_seq > ? ORDER BY event_seq LIMIT ?`,
      )
      .all(id, limit);
  }

  /** Webhook deliveries of calls, which are kept for longer than the events. */
  callDeliveries({ id }: Place, limit: number): NamedRow[] {
    return this.#database
      .prepare<[number, number], NamedRow>(
        `SELECT delivery_seq AS id, created_at AS at,
           iif(event_type LIKE 'call.%', json_extract(body, '$.data.from'), NULL) AS number
         FROM deliveries WHERE delivery_seq > ? ORDER BY delivery_seq LIMIT ?`,
      )
      .all(id, limit);
  }

  removeDelivery(deliverySeq: number): void {
    this.#database.prepare('DELETE FROM deliveries WHERE delivery_seq = ?').run(deliverySeq);
  }

  removeEvent(eventSeq: number): void {
    this.#database.prepare('DELETE FROM events WHERE event_seq = ?').run(eventSeq);
  }

  /** Forgets which reference a long text to somebody had last. */
  removeReferences(recipient: string): void {
    this.#database.prepare('DELETE FROM concat_references WHERE recipient = ?').run(recipient);
  }

  /** The lists that a number stands on. */
  listsWith(number: string): NumberList[] {
    const onList = this.#database.prepare('SELECT 1 FROM listed_numbers WHERE list = ? AND number = ?');
    return numberLists.filter((list) => onList.get(list, number) !== undefined);
  }
}
