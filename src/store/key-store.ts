import type { Clock, Timer } from '../clock.ts';
import type { ApiKey, NewKey, Scope } from '../contract/key.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { Logger } from '../log.ts';
import { isWithin } from './address-range.ts';
import type { Database } from './database.ts';
import { randomText, sameHash, secretHash } from './random-text.ts';

/** A key as whoever shows it is known by. */
export interface KeyHolder {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Undefined: as the gateway is set. */
  readonly requestsPerMinute: number | undefined;
}

/** What a key is made from: only its name and scopes must be said. */
export type WantedKey = Pick<NewKey, 'name' | 'scopes'> & Partial<NewKey>;

/** A key is good, but not where it was used. */
export class KeyUseError extends Error {
  readonly code = 'FORBIDDEN';

  constructor(address: string) {
    super(`This API key may not be used from ${address}. It was made for other addresses.`);
    this.name = 'KeyUseError';
  }
}

interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly allowed_addresses: string;
  readonly requests_per_minute: number | null;
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
const fromEverywhere = '[]';

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
  create(wanted: WantedKey): { id: string; key: string } {
    const id = randomText(idLength);
    const key = `ak_${randomText(secretLength)}`;
    this.#database
      .prepare(
        `INSERT INTO keys (key_id, name, prefix, hash, scopes, created_at, expires_at, allowed_addresses,
           requests_per_minute) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        wanted.name,
        key.slice(0, prefixLength),
        secretHash(key),
        [...new Set(wanted.scopes)].join(','),
        this.#clock.now(),
        wanted.expires_at ? Date.parse(wanted.expires_at) : null,
        JSON.stringify(wanted.allowed_addresses ?? []),
        wanted.requests_per_minute ?? null,
      );
    return { id, key };
  }

  /**
   * Whose key this is, counting it as used; undefined when it is malformed, unknown, revoked or expired.
   *
   * @param address where it is used from; undefined where that does not count
   * @throws KeyUseError when it may not be used from there
   */
  authenticate(key: string, address?: string): KeyHolder | undefined {
    if (!wellFormedKey.test(key)) return undefined;
    const hash = secretHash(key);
    const row = this.#database
      .prepare<[Uint8Array, number], KeyRow>(
        `SELECT key_id, name, hash, scopes, allowed_addresses, requests_per_minute FROM keys
         WHERE hash = ? AND revoked_at IS NULL AND ifnull(expires_at > ?, 1)`,
      )
      .get(hash, this.#clock.now());
    if (!row || !sameHash(row.hash, hash)) return undefined;
    if (address !== undefined && !mayComeFrom(row, address)) throw new KeyUseError(address);
    this.#noteUse(row.key_id);
    return toHolder(row);
  }

  /** Who has this id, or this name, and may use it from `address`: several keys may bear one name, three are looked at. */
  named(idOrName: string, address: string): KeyHolder[] {
    return this.#database
      .prepare<[string, string, number], KeyRow>(
        `SELECT * FROM keys WHERE (key_id = ? OR name = ?) AND revoked_at IS NULL AND ifnull(expires_at > ?, 1)
         ORDER BY created_at LIMIT 3`,
      )
      .all(idOrName, idOrName, this.#clock.now())
      .filter((row) => mayComeFrom(row, address))
      .map(toHolder);
  }

  /** Whether the key with this id may still be used: for answers that stay open for hours. */
  isActive(id: string): boolean {
    const active = 'SELECT 1 FROM keys WHERE key_id = ? AND revoked_at IS NULL AND ifnull(expires_at > ?, 1)';
    return this.#database.prepare(active).get(id, this.#clock.now()) !== undefined;
  }

  /** A key as it is listed, by its id. */
  find(id: string): ApiKey | undefined {
    this.#flushUses();
    const row = this.#database.prepare<[string], KeyRow>('SELECT * FROM keys WHERE key_id = ?').get(id);
    return row && toApiKey(row);
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

function toHolder(row: KeyRow): KeyHolder {
  return {
    id: row.key_id,
    name: row.name,
    scopes: scopesOf(row),
    requestsPerMinute: row.requests_per_minute ?? undefined,
  };
}

function scopesOf(row: Pick<KeyRow, 'scopes'>): Scope[] {
  return row.scopes.split(',') as Scope[];
}

function mayComeFrom({ allowed_addresses: allowed }: KeyRow, address: string): boolean {
  return allowed === fromEverywhere || isWithin(address, JSON.parse(allowed) as string[]);
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: row.key_id,
    name: row.name,
    prefix: row.prefix,
    scopes: scopesOf(row),
    created_at: formatTimestamp(row.created_at),
    expires_at: orNull(row.expires_at),
    allowed_addresses: JSON.parse(row.allowed_addresses) as string[],
    requests_per_minute: row.requests_per_minute,
    last_used_at: orNull(row.last_used_at),
    request_count: row.request_count,
    revoked_at: orNull(row.revoked_at),
  };
}

function orNull(epochMs: number | null): string | null {
  return epochMs === null ? null : formatTimestamp(epochMs);
}
