import type { EventType } from '../contract/event.ts';
import type { Database } from './database.ts';
import { randomText } from './random-text.ts';
import type { SecretBox } from './secret-box.ts';

/** A webhook as it is kept. Times are milliseconds since 1970. */
export interface StoredWebhook {
  readonly id: string;
  readonly url: string;
  readonly label: string;
  readonly events: readonly EventType[];
  readonly previousUntil: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What signs to a webhook; the secret before the present one for a day after it was changed. */
export interface Signing {
  readonly secret: string;
  readonly previous: string | undefined;
}

interface WebhookRow {
  readonly webhook_id: string;
  readonly url: string;
  readonly label: string;
  readonly events: string;
  readonly sealed_secret: string;
  readonly sealed_previous: string | null;
  readonly previous_until: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

const idLength = 16;
const secretLength = 40;
/** How long the old secret signs beside the new one. */
const overlapMs = 24 * 3_600_000;

/** The webhooks and the secrets that sign to them, which lie sealed in the database. */
export class WebhookStore {
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

  /** Makes a webhook. `secret` is shown this once. */
  create(
    wanted: Pick<StoredWebhook, 'url' | 'label' | 'events'>,
    now: number,
  ): { id: string; secret: string } {
    const id = randomText(idLength);
    const secret = newSecret();
    this.#database
      .prepare(
        `INSERT INTO webhooks (webhook_id, url, label, events, sealed_secret, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, wanted.url, wanted.label, joined(wanted.events), this.#secrets.seal(secret), now, now);
    return { id, secret };
  }

  /** All of them, oldest first. */
  list(): StoredWebhook[] {
    return this.#database
      .prepare<[], WebhookRow>('SELECT * FROM webhooks WHERE deleted_at IS NULL ORDER BY created_at, rowid')
      .all()
      .map(toWebhook);
  }

  get(id: string): StoredWebhook | undefined {
    const row = this.#row(id);
    return row && toWebhook(row);
  }

  /** What signs to it now; undefined where there is none, or the secret was sealed under another data key. */
  signing(id: string, now: number): Signing | undefined {
    const row = this.#row(id);
    const secret = row && this.#secrets.open(row.sealed_secret);
    if (!row || secret === undefined) return undefined;
    const overlaps = row.sealed_previous !== null && (row.previous_until ?? 0) > now;
    return { secret, previous: overlaps ? this.#secrets.open(row.sealed_previous ?? '') : undefined };
  }

  change(
    id: string,
    { url, label, events }: Pick<StoredWebhook, 'url' | 'label' | 'events'>,
    now: number,
  ): void {
    this.#database
      .prepare('UPDATE webhooks SET url = ?, label = ?, events = ?, updated_at = ? WHERE webhook_id = ?')
      .run(url, label, joined(events), now, id);
  }

  /** Gives it a new secret, which is shown this once; the present one signs on for a day. */
  rotate(id: string, now: number): string {
    const secret = newSecret();
    this.#database
      .prepare(
        `UPDATE webhooks SET sealed_previous = sealed_secret, previous_until = ?, sealed_secret = ?, updated_at = ?
         WHERE webhook_id = ?`,
      )
      .run(now + overlapMs, this.#secrets.seal(secret), now, id);
    return secret;
  }

  /** Gives it a secret that is known elsewhere already. */
  setSecret(id: string, secret: string, now: number): void {
    this.#database
      .prepare(
        `UPDATE webhooks SET sealed_secret = ?, sealed_previous = NULL, previous_until = NULL, updated_at = ?
         WHERE webhook_id = ?`,
      )
      .run(this.#secrets.seal(secret), now, id);
  }

  /** Takes it out of use at once; its rows go in parts. False when there is none. */
  remove(id: string, now: number): boolean {
    return (
      this.#database
        .prepare(
          `UPDATE webhooks SET deleted_at = ?, sealed_secret = '', sealed_previous = NULL
           WHERE webhook_id = ? AND deleted_at IS NULL`,
        )
        .run(now, id).changes > 0
    );
  }

  #row(id: string): WebhookRow | undefined {
    return this.#database
      .prepare<[string], WebhookRow>('SELECT * FROM webhooks WHERE webhook_id = ? AND deleted_at IS NULL')
      .get(id);
  }
}

function newSecret(): string {
  return `whsec_${randomText(secretLength)}`;
}

function joined(events: readonly EventType[]): string {
  return `,${events.join(',')},`;
}

function toWebhook(row: WebhookRow): StoredWebhook {
  return {
    id: row.webhook_id,
    url: row.url,
    label: row.label,
    events: row.events.split(',').filter(Boolean) as EventType[],
    previousUntil: row.previous_until ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
