import type { Clock, Timer } from '../clock.ts';
import type { ApiKey, NewKey, Scope } from '../contract/key.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';
import { randomText, sameHash, secretHash } from './random-text.ts';

/** A key as whoever shows it is known by. */
export interface KeyHolder {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly scopes: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly request_count: number;
  readonly revoked_at: number | null;
}

interface Use {
  count: number;
  lastAt: number;
}

const secretLength = 40;
const prefixLength = 9;
const idLength = 12;
/** What a key looks like; anything else is not worth a hash and a look into the database. */
const wellFormedKey = /^ak_[0-9A-Za-z]{32,125}$/;
/** How long a use may wait to be written down: a write for every request would cost each its own fsync. */
const useFlushDelayMs = 10_000;
const longestUseList = 1_000;

/**
 * API keys. Only the SHA-256 of a key is kept. Every request looks it up in the file, so that a key that another
 * process made or revoked counts at once.
 */
export class KeyStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #uses = new Map<string, Use>();
  #flushTimer: Timer | undefined;

  constructor(database: Database, clock: Clock, log: Logger) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  /** Makes a key. `key` is shown this once and cannot be found out again. */
  create(wanted: NewKey): { id: string; key: string } {
    const id = randomText(idLength);
    const key = `ak_${randomText(secretLength)}`;
    this.#database
      .prepare('INSERT INTO keys (key_id, name, prefix, hash, scopes, created_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(
        id,
        wanted.name,
        key.slice(0, prefixLength),
        secretHash(key),
        [...new Set(wanted.scopes)].join(','),
        this.#clock.now(),
      );
    return { id, key };
  }

  /** Whose key this is, counting it as used; undefined when it is malformed, unknown or revoked. */
  authenticate(key: string): KeyHolder | undefined {
    if (!wellFormedKey.test(key)) return undefined;
    const hash = secretHash(key);
    const row = this.#database
      .prepare<[Uint8Array], KeyRow>(
        'SELECT key_id, name, hash, scopes FROM keys WHERE hash = ? AND revoked_at IS NULL',
      )
      .get(hash);
    if (!row || !sameHash(row.hash, hash)) return undefined;
    this.#noteUse(row.key_id);
    return { id: row.key_id, name: row.name, scopes: scopesOf(row) };
  }

  /** Whether the key with this id may still be used: for answers that stay open for hours. */
  isActive(id: string): boolean {
    return (
      this.#database.prepare('SELECT 1 FROM keys WHERE key_id = ? AND revoked_at IS NULL').get(id) !==
      undefined
    );
  }

  /** All keys, revoked ones too, oldest first. */
  list(): ApiKey[] {
    this.#flushUses();
    return this.#database
      .prepare<[], KeyRow>('SELECT * FROM keys ORDER BY created_at, rowid')
      .all()
      .map(toApiKey);
  }

  /** Makes a key invalid for good. False when there is no such key or it was revoked before. */
  revoke(id: string): boolean {
    return (
      this.#database
        .prepare('UPDATE keys SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL')
        .run(this.#clock.now(), id).changes > 0
    );
  }

  /** Writes down the uses that still wait to be. */
  stop(): void {
    this.#flushUses();
    this.#flushTimer?.cancel();
    this.#flushTimer = undefined;
  }

  #noteUse(id: string): void {
    const use = this.#uses.get(id);
    if (use) {
      use.count++;
      use.lastAt = this.#clock.now();
      return;
    }
    if (this.#uses.size >= longestUseList) this.#flushUses();
    this.#uses.set(id, { count: 1, lastAt: this.#clock.now() });
    this.#flushTimer ??= this.#clock.after(useFlushDelayMs, () => {
      this.#flushTimer = undefined;
      this.#flushUses();
    });
  }

  #flushUses(): void {
    if (this.#uses.size === 0) return;
    try {
      this.#database.transaction(() => {
        for (const [id, use] of this.#uses) this.#addUse(id, use);
      });
    } catch (error) {
      this.#log.warn({ err: error }, 'The use of API keys could not be written down');
    }
    this.#uses.clear();
  }

  #addUse(id: string, use: Use): void {
    this.#database
      .prepare(
        `UPDATE keys SET request_count = request_count + ?, last_used_at = max(ifnull(last_used_at, 0), ?)
         WHERE key_id = ?`,
      )
      .run(use.count, use.lastAt, id);
  }
}

function scopesOf(row: Pick<KeyRow, 'scopes'>): Scope[] {
  return row.scopes.split(',') as Scope[];
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: row.key_id,
    name: row.name,
    prefix: row.prefix,
    scopes: scopesOf(row),
    created_at: formatTimestamp(row.created_at),
    last_used_at: row.last_used_at === null ? null : formatTimestamp(row.last_used_at),
    request_count: row.request_count,
    revoked_at: row.revoked_at === null ? null : formatTimestamp(row.revoked_at),
  };
}
