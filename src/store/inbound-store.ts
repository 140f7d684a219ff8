import type { InboundParticulars, MessageKind } from '../contract/inbound-kind.ts';
import type { MessageEncoding } from '../contract/message.ts';
import type { Database } from './database.ts';
import { fingerprint } from './fingerprint.ts';
import { type MessageRow, messageColumns } from './message-row.ts';

/** A PDU that arrived, as it is kept. Times are milliseconds since 1970. */
export interface NewPart {
  readonly simId: number;
  readonly storage: string;
  readonly index: number;
  readonly pdu: string;
  readonly tpduLength: number | undefined;
  readonly receivedAt: number;
  readonly kind: 'text' | 'silent' | 'unreadable';
  readonly sender: string | undefined;
  readonly reference: number | undefined;
  readonly referenceBits: number | undefined;
  readonly total: number;
  readonly position: number;
  readonly imported: boolean;
}

export interface PartRow {
  readonly part_id: number;
  readonly sim_id: number;
  readonly storage: string;
  readonly storage_index: number;
  readonly pdu: string;
  readonly tpdu_length: number | null;
  readonly received_at: number;
  readonly sender: string | null;
  readonly reference: number | null;
  readonly reference_bits: number | null;
  readonly total: number;
  readonly position: number;
  readonly imported: number;
  readonly on_device: number;
  readonly message_seq: number | null;
}

/** A part with the state of the message that it was made a part of, if any. */
export interface GroupedPart extends PartRow {
  readonly message_complete: number | null;
}

/** An inbound message as it is written. */
export interface NewInbound {
  readonly messageId: string;
  readonly from: string | undefined;
  /** The sender as it came, where `from` is more. */
  readonly rawFrom: string | undefined;
  readonly to: string | undefined;
  readonly body: string;
  readonly encoding: MessageEncoding;
  readonly segmentCount: number;
  readonly complete: boolean;
  readonly imported: boolean;
  readonly sentAt: number | undefined;
  readonly createdAt: number;
  readonly simId: number;
  readonly kind: MessageKind;
  /** Its sender is not to be heard. */
  readonly blocked: boolean;
  /** The log leaves it out unless it is asked for. */
  readonly hidden: boolean;
  readonly indication: Pick<InboundParticulars, 'waiting' | 'ports'> | undefined;
  readonly serviceCentre: string | undefined;
  /** 1 to 7: it takes the place of the last one of this type (TS 23.040 9.2.3.9). */
  readonly replaceType: number | undefined;
}

/** An inbound message as it is kept. */
export interface InboundRow extends MessageRow {
  readonly imported: number;
  readonly hidden: number;
}

/** A message whose place a later one takes. */
export interface Replaceable {
  readonly seq: number;
  readonly message_id: string;
}

/** What arrives: parts as the modems gave them, and the messages made of them. */
export class InboundStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  insertPart(part: NewPart): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO inbound_parts (sim_id, storage, storage_index, pdu, tpdu_length, received_at, kind, sender,
           reference, reference_bits, total, position, imported, on_device)
         VALUES (@simId, @storage, @index, @pdu, @tpduLength, @receivedAt, @kind, @sender,
           @reference, @referenceBits, @total, @position, @imported, @onDevice)`,
      )
      .run({
        ...part,
        sender: part.sender ?? null,
        reference: part.reference ?? null,
        referenceBits: part.referenceBits ?? null,
        tpduLength: part.tpduLength ?? null,
        imported: part.imported ? 1 : 0,
        onDevice: part.storage === '' ? 0 : 1,
      });
    return Number(lastInsertRowid);
  }

  /** The same bytes at the same place since `since`: the same text, seen again. */
  atPlace(simId: number, storage: string, index: number, pdu: string, since: number): PartRow | undefined {
    return this.#database
      .prepare<[number, string, number, number, string, string], PartRow>(
        `SELECT * FROM inbound_parts INDEXED BY inbound_parts_place
         WHERE sim_id = ? AND storage = ? AND storage_index = ? AND received_at >= ? AND pdu IN (?, ?) LIMIT 1`,
      )
      .get(simId, storage, index, since, pdu, fingerprint(pdu));
  }

  /** The same bytes whose deletion was never confirmed, wherever they lay. */
  undeleted(simId: number, pdu: string): PartRow[] {
    return this.#database
      .prepare<[number, string, string], PartRow>(
        `SELECT * FROM inbound_parts INDEXED BY inbound_parts_on_device
         WHERE sim_id = ? AND on_device = 1 AND pdu IN (?, ?) LIMIT 300`,
      )
      .all(simId, pdu, fingerprint(pdu));
  }

  move(partId: number, storage: string, index: number): void {
    this.#database
      .prepare('UPDATE inbound_parts SET storage = ?, storage_index = ? WHERE part_id = ?')
      .run(storage, index, partId);
  }

  /** The modem has confirmed that this place is empty. */
  deleted(simId: number, storage: string, index: number): void {
    this.#database
      .prepare(
        `UPDATE inbound_parts SET on_device = 0
         WHERE sim_id = ? AND storage = ? AND storage_index = ? AND on_device = 1`,
      )
      .run(simId, storage, index);
  }

  /** The newest kept parts that claim to be of one long text, newest first. */
  group(
    part: Pick<NewPart, 'simId' | 'sender' | 'reference' | 'referenceBits' | 'total'>,
    since: number,
  ): GroupedPart[] {
    return this.#database
      .prepare<[number, string | null, number | null, number, number | null, number], GroupedPart>(
        `SELECT inbound_parts.*, messages.complete AS message_complete
         FROM inbound_parts LEFT JOIN messages ON messages.seq = inbound_parts.message_seq
         WHERE inbound_parts.sim_id = ? AND sender IS ? AND reference IS ? AND total = ?
           AND total > 1 AND inbound_parts.kind = 'text' AND reference_bits IS ? AND received_at >= ? ORDER BY part_id DESC LIMIT 1000`,
      )
      .all(
        part.simId,
        part.sender ?? null,
        part.reference ?? null,
        part.total,
        part.referenceBits ?? null,
        since,
      );
  }

  /** Parts of long texts that have waited since before `before` for the rest. */
  unfinished(before: number, limit: number): PartRow[] {
    return this.#database
      .prepare<[number, number], PartRow>(
        `SELECT * FROM inbound_parts INDEXED BY inbound_parts_unfinished
         WHERE total > 1 AND message_seq IS NULL AND received_at <= ? ORDER BY received_at LIMIT ?`,
      )
      .all(before, limit);
  }

  insertMessage(message: NewInbound): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO messages (message_id, direction, status, from_number, raw_from, to_number, body, encoding,
           segment_count, complete, imported, sent_at, created_at, sim_id, kind, blocked, hidden, indication,
           service_centre, replace_type)
         VALUES (@messageId, 'inbound', 'received', @from, @rawFrom, @to, @body, @encoding,
           @segmentCount, @complete, @imported, @sentAt, @createdAt, @simId, @kind, @blocked, @hidden, @indication,
           @serviceCentre, @replaceType)`,
      )
      .run({
        ...message,
        from: message.from ?? null,
        rawFrom: message.rawFrom ?? null,
        to: message.to ?? null,
        sentAt: message.sentAt ?? null,
        complete: message.complete ? 1 : 0,
        imported: message.imported ? 1 : 0,
        blocked: message.blocked ? 1 : 0,
        hidden: message.hidden ? 1 : 0,
        indication: message.indication ? JSON.stringify(message.indication) : null,
        serviceCentre: message.serviceCentre ?? null,
        replaceType: message.replaceType ?? null,
      });
    return Number(lastInsertRowid);
  }

  /** The newest message of this replace type from the same sender and service centre to the same SIM (9.2.3.9). */
  replaceable(
    message: Pick<NewInbound, 'simId' | 'from' | 'serviceCentre' | 'replaceType'>,
  ): Replaceable | undefined {
    return this.#database
      .prepare<[number, number | null, string | null, string | null], Replaceable>(
        `SELECT seq, message_id FROM messages INDEXED BY messages_replaceable
         WHERE sim_id = ? AND replace_type = ? AND replaced_by IS NULL AND from_number IS ? AND service_centre IS ?
         ORDER BY seq DESC LIMIT 1`,
      )
      .get(message.simId, message.replaceType ?? null, message.from ?? null, message.serviceCentre ?? null);
  }

  /** The later message takes the place of the earlier, which stays and is left out of the log. */
  replace(earlier: Replaceable, later: Replaceable): void {
    this.#database
      .prepare('UPDATE messages SET replaced_by = ?, hidden = 1 WHERE seq = ?')
      .run(later.message_id, earlier.seq);
    this.#database
      .prepare('UPDATE messages SET replaces = ? WHERE seq = ?')
      .run(earlier.message_id, later.seq);
  }

  /** Mends a message that was handed over with parts missing. */
  mend(seq: number, body: string, complete: boolean): void {
    this.#database
      .prepare('UPDATE messages SET body = ?, complete = ? WHERE seq = ?')
      .run(body, complete ? 1 : 0, seq);
  }

  assign(partIds: readonly number[], messageSeq: number): void {
    const assign = this.#database.prepare('UPDATE inbound_parts SET message_seq = ? WHERE part_id = ?');
    for (const partId of partIds) assign.run(messageSeq, partId);
  }

  message(seq: number): InboundRow | undefined {
    return this.#database
      .prepare<[number], InboundRow>(`SELECT ${messageColumns}, imported, hidden FROM messages WHERE seq = ?`)
      .get(seq);
  }
}
