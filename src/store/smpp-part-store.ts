import type { Database } from './database.ts';

/** A part of a long text that a client submitted in several. */
export interface SubmittedPart {
  /** What parts of one text have in common. */
  readonly groupKey: string;
  /** The id that the whole text has, or will have. */
  readonly messageId: string;
  readonly position: number;
  readonly octets: Uint8Array;
  /** What else was said of the text, as JSON. */
  readonly submission: string;
  readonly receivedAt: number;
  /** Its text was accepted as a whole, or refused for good. */
  readonly joined: boolean;
}

interface PartRow {
  readonly group_key: string;
  readonly message_id: string;
  readonly position: number;
  readonly octets: Uint8Array;
  readonly submission: string;
  readonly received_at: number;
  readonly joined: number;
}

const columns = 'group_key, message_id, position, octets, submission, received_at, joined';

/** Parts that wait for the rest of their text, and for an hour those of texts that were accepted or refused. */
export class SmppPartStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  keep(part: SubmittedPart): void {
    this.#database
      .prepare(
        `INSERT INTO smpp_parts (group_key, message_id, position, octets, submission, received_at, joined)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        part.groupKey,
        part.messageId,
        part.position,
        part.octets,
        part.submission,
        part.receivedAt,
        part.joined ? 1 : 0,
      );
  }

  /** All parts of a group that are kept, in the order in which they came. */
  ofGroup(groupKey: string): SubmittedPart[] {
    return this.#database
      .prepare<[string], PartRow>(`SELECT ${columns} FROM smpp_parts WHERE group_key = ? ORDER BY part_id`)
      .all(groupKey)
      .map(asPart);
  }

  /** The text is accepted as a whole, or refused: its parts are only kept to know them again. */
  joined(messageId: string): void {
    this.#database.prepare('UPDATE smpp_parts SET joined = 1 WHERE message_id = ?').run(messageId);
  }

  drop(messageId: string): void {
    this.#database.prepare('DELETE FROM smpp_parts WHERE message_id = ?').run(messageId);
  }

  /**
   * Texts of which no part came since `before`, and of which parts are missing: their parts, text by text; at most `limit`
   * whose ids come after `after`, in the order of these.
   */
  unfinished(before: number, limit: number, after: string): SubmittedPart[][] {
    const rows = this.#database
      .prepare<[string, number, number], { group_key: string; message_id: string }>(
        `SELECT group_key, message_id FROM smpp_parts WHERE joined = 0 AND message_id > ?
         GROUP BY message_id HAVING max(received_at) < ? ORDER BY message_id LIMIT ?`,
      )
      .all(after, before, limit);
    return rows.map(({ group_key, message_id }) =>
      this.ofGroup(group_key).filter((part) => part.messageId === message_id),
    );
  }

  /** The wall clock was set by so much: how long a part has waited does not change. */
  moveWaits(byMs: number): void {
    this.#database.prepare('UPDATE smpp_parts SET received_at = received_at + ?').run(byMs);
  }

  forgetJoinedBefore(before: number): void {
    this.#database.prepare('DELETE FROM smpp_parts WHERE joined = 1 AND received_at < ?').run(before);
  }
}

function asPart(row: PartRow): SubmittedPart {
  return {
    groupKey: row.group_key,
    messageId: row.message_id,
    position: row.position,
    octets: row.octets,
    submission: row.submission,
    receivedAt: row.received_at,
    joined: row.joined === 1,
  };
}
