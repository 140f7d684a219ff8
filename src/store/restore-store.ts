import type { Database } from './database.ts';

/** Since when nothing leaves because a backup was restored, and the newest message that came out of it. */
export interface RestoredAt {
  readonly since: number;
  readonly upTo: number;
}

/** Rows of `settings` that no person sets. */
export const copyMark = 'is_a_copy';
const heldRow = 'held_since_restore';

const waiting = `direction = 'outbound' AND status IN ('queued', 'dispatched')`;

/**
 * Copies of the database and what follows when one is put in the place of the original: the copy knows what it is, so
 * that it does not matter how it came back.
 */
export class RestoreStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Looks whether this is a copy that is served from now on, and if so writes down that its queue is held. Long texts
   * begin with new references: the old ones may have been used since. Parts of texts that waited for the rest are dropped:
   * the rest came since, or the text left without it, and neither is to leave again.
   */
  noteRestore(at: number): RestoredAt | undefined {
    return this.#database.transaction(() => {
      if (this.#get(copyMark) === undefined) return undefined;
      const upTo = this.#newest();
      this.#set(heldRow, JSON.stringify({ since: at, upTo }));
      this.#delete(copyMark);
      this.#database.prepare('DELETE FROM concat_references').run();
      this.#database.prepare('DELETE FROM smpp_parts WHERE joined = 0').run();
      this.#database
        .prepare(
          `UPDATE messages INDEXED BY messages_queue SET concat_ref = NULL WHERE ${waiting} AND started = 0`,
        )
        .run();
      this.#database
        .prepare(
          `INSERT INTO timeline (message_seq, at, entry) SELECT seq, ?, 'held'
           FROM messages INDEXED BY messages_queue WHERE ${waiting}`,
        )
        .run(at);
      return { since: at, upTo };
    });
  }

  held(): RestoredAt | undefined {
    const row = this.#get(heldRow);
    return row === undefined ? undefined : (JSON.parse(row) as RestoredAt);
  }

  release(): void {
    this.#delete(heldRow);
  }

  /** Texts out of the backup that have no end yet, and none in a modem's hands; oldest first. */
  waiting(upTo: number, limit: number): number[] {
    return this.#database
      .prepare<[number, number], { seq: number }>(
        `SELECT seq FROM messages INDEXED BY messages_expiry WHERE ${waiting} AND seq <= ? AND NOT EXISTS
           (SELECT 1 FROM segments WHERE message_seq = messages.seq AND state IN ('submitting', 'ambiguous'))
         LIMIT ?`,
      )
      .all(upTo, limit)
      .map(({ seq }) => seq);
  }

  countWaiting(upTo: number): number {
    const row = this.#database
      .prepare<[number], { count: number }>(
        `SELECT count(*) AS count FROM messages INDEXED BY messages_expiry WHERE ${waiting} AND seq <= ?`,
      )
      .get(upTo);
    return row?.count ?? 0;
  }

  #newest(): number {
    return (
      this.#database.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM messages').get()?.seq ??
      0
    );
  }

  #get(name: string): string | undefined {
    return this.#database
      .prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
      .get(name)?.value;
  }

  #set(name: string, value: string): void {
    this.#database
      .prepare(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, value);
  }

  #delete(name: string): void {
    this.#database.prepare('DELETE FROM settings WHERE name = ?').run(name);
  }
}
