import type { Database } from './database.ts';
import type { SecretBox } from './secret-box.ts';

/** An event that waits to be sent by e-mail. */
export interface WaitingMail {
  readonly mail_id: number;
  readonly event_id: string;
  readonly event_type: string;
  /** JSON. */
  readonly data: string;
  readonly attempts: number;
  /** Who is still to have it, where others have it already. JSON. */
  readonly still_to: string | null;
  readonly created_at: number;
}

const passwordSetting = 'mail_server_password';

/** Events on their way by e-mail, and the sealed password of the mail server. */
export class MailStore {
  readonly #database: Database;
  readonly #secrets: SecretBox;

  constructor(database: Database, secrets: SecretBox) {
    this.#database = database;
    this.#secrets = secrets;
  }

  /** Runs `action` when the present transaction is on disk. */
  afterCommit(action: () => void): void {
    this.#database.afterCommit(action);
  }

  keep(mail: {
    readonly eventId: string;
    readonly eventType: string;
    readonly messageId: string | undefined;
    readonly data: string;
    readonly at: number;
  }): void {
    this.#database
      .prepare(
        'INSERT INTO mail_outbox (event_id, event_type, message_id, data, created_at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(mail.eventId, mail.eventType, mail.messageId ?? null, mail.data, mail.at);
  }

  /** The oldest one that may be sent now. */
  next(now: number): WaitingMail | undefined {
    return this.#database
      .prepare<[number], WaitingMail>(
        `SELECT mail_id, event_id, event_type, data, attempts, still_to, created_at FROM mail_outbox
         WHERE due_at <= ? ORDER BY mail_id LIMIT 1`,
      )
      .get(now);
  }

  /** When the next of those that wait for a time may be sent. */
  nextDueAt(now: number): number | undefined {
    return (
      this.#database
        .prepare<[number], { at: number | null }>(
          'SELECT min(due_at) AS at FROM mail_outbox WHERE due_at > ?',
        )
        .get(now)?.at ?? undefined
    );
  }

  sent(mailId: number): void {
    this.#database.prepare('DELETE FROM mail_outbox WHERE mail_id = ?').run(mailId);
  }

  /** @param stillTo who is still to have it, where some have it already */
  postpone(mailId: number, dueAt: number, stillTo?: readonly string[]): void {
    this.#database
      .prepare(
        `UPDATE mail_outbox SET due_at = ?, attempts = attempts + 1, still_to = coalesce(?, still_to)
         WHERE mail_id = ?`,
      )
      .run(dueAt, stillTo ? JSON.stringify(stillTo) : null, mailId);
  }

  /** The wall clock was set back: what waits for a span of time goes along with it. */
  moveWaits(byMs: number): void {
    this.#database.prepare('UPDATE mail_outbox SET due_at = due_at + ? WHERE due_at > 0').run(byMs);
  }

  /**
   * Gives up those that are older than `before`, and the oldest beyond `most`; at most `limit` of them, and how many. Only
   * that they were there is kept.
   */
  giveUp(before: number, most: number, at: number, limit: number): number {
    return this.#database.transaction(() => {
      const tooMany = Math.max(this.waiting() - most, 0);
      const rows = this.#database
        .prepare<[number, number, number], { mail_id: number }>(
          `SELECT mail_id FROM mail_outbox WHERE created_at < ? OR mail_id IN
             (SELECT mail_id FROM mail_outbox ORDER BY mail_id LIMIT ?)
           ORDER BY mail_id LIMIT ?`,
        )
        .all(before, tooMany, limit);
      const ids = JSON.stringify(rows.map(({ mail_id }) => mail_id));
      const which = 'mail_id IN (SELECT value FROM json_each(?))';
      this.#database
        .prepare(
          `INSERT OR IGNORE INTO mail_given_up (event_id, event_type, created_at, given_up_at)
           SELECT event_id, event_type, created_at, ? FROM mail_outbox WHERE ${which}`,
        )
        .run(at, ids);
      return this.#database.prepare(`DELETE FROM mail_outbox WHERE ${which}`).run(ids).changes;
    });
  }

  /** How many were given up of late. */
  givenUp(): number {
    return (
      this.#database.prepare<[], { count: number }>('SELECT count(*) AS count FROM mail_given_up').get()
        ?.count ?? 0
    );
  }

  forgetGivenUpBefore(before: number): void {
    this.#database.prepare('DELETE FROM mail_given_up WHERE given_up_at < ?').run(before);
  }

  waiting(): number {
    return (
      this.#database.prepare<[], { waiting: number }>('SELECT count(*) AS waiting FROM mail_outbox').get()
        ?.waiting ?? 0
    );
  }

  /** The password of the mail server; undefined takes it away. */
  setPassword(password: string | undefined): void {
    this.#database.prepare('DELETE FROM settings WHERE name = ?').run(passwordSetting);
    if (password === undefined) return;
    this.#database
      .prepare('INSERT INTO settings (name, value) VALUES (?, ?)')
      .run(passwordSetting, JSON.stringify(this.#secrets.seal(password)));
  }

  hasPassword(): boolean {
    return this.#database.prepare('SELECT 1 FROM settings WHERE name = ?').get(passwordSetting) !== undefined;
  }

  /** Undefined where there is none, or it was sealed under another key and must be entered again. */
  password(): string | undefined {
    const row = this.#database
      .prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
      .get(passwordSetting);
    return row && this.#secrets.open(JSON.parse(row.value) as string);
  }
}
