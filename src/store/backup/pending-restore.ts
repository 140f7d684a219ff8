import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '../../clock.ts';
import { type Actor, AuditLog } from '../audit-log.ts';
import { Database } from '../database.ts';
import { type CopyOptions, copyDatabase } from './copy.ts';
import { BackupFolder } from './folder.ts';

/** What is to be put in the place of the database, and who wants that. */
interface Order {
  /** The backup's own name or path, for the audit log. */
  readonly from: string;
  readonly kept: string;
  readonly actor: Actor;
}

const endings = ['', '-wal', '-shm'] as const;

/**
 * A restore in two steps, since a database cannot be replaced while it is open: a checked copy of the backup is laid
 * beside the database while that one is served, and takes its place before the next start opens it. What was there
 * before becomes a backup itself. A crash at any point leaves one of the two in place, and the next start goes on.
 */
export class PendingRestore {
  readonly #database: string;
  readonly #folder: BackupFolder;

  /** @param database the path of the database file */
  constructor(database: string) {
    this.#database = database;
    this.#folder = new BackupFolder(dirname(database));
  }

  get #fresh(): string {
    return `${this.#database}.fresh`;
  }

  get #orderFile(): string {
    return join(dirname(this.#database), 'restore.json');
  }

  /** Whether the next start puts a backup in place. */
  get isOrdered(): boolean {
    return existsSync(this.#orderFile);
  }

  /**
   * Lays the copy ready and leaves the order for `apply`.
   *
   * @throws StoreError what is wrong with the backup; the order before, if there was one, is then taken back too
   */
  async prepare(from: string, actor: Actor, now: number, options: CopyOptions = {}): Promise<void> {
    rmSync(this.#orderFile, { force: true });
    rmSync(this.#fresh, { force: true });
    await copyDatabase(from, this.#fresh, options);
    const kept = this.#folder.newName('before-restore', now);
    const isOurs = dirname(from) === this.#folder.folder;
    const order: Order = { from: isOurs ? basename(from) : from, kept, actor };
    writeFileSync(`${this.#orderFile}.new`, JSON.stringify(order), { mode: 0o600, flush: true });
    renameSync(`${this.#orderFile}.new`, this.#orderFile);
  }

  /**
   * Puts the copy that was laid ready in place. Only to be called by whoever holds the lock of the data directory.
   *
   * @returns the path under which the former database is kept, if there was one; undefined also where nothing was ordered
   */
  apply(): string | undefined {
    if (!this.isOrdered) {
      rmSync(this.#fresh, { force: true }); // a copy that was cut short
      return undefined;
    }
    const order = JSON.parse(readFileSync(this.#orderFile, 'utf8')) as Order;
    const kept = this.#folder.pathOf(order.kept);
    if (existsSync(this.#fresh)) {
      for (const ending of endings)
        if (existsSync(this.#database + ending)) renameSync(this.#database + ending, kept + ending);
      renameSync(this.#fresh, this.#database);
    }
    const wasThere = existsSync(kept);
    carryOver(this.#database, wasThere ? kept : undefined, order);
    rmSync(this.#orderFile);
    this.#folder.prune(Number.POSITIVE_INFINITY, order.kept);
    return wasThere ? kept : undefined;
  }
}

/**
 * What must not go back in time with the rest: a key that was revoked since stays revoked, who wanted no more
 * texts gets none, whoever ordered the restore stays signed in to see what came of it, and that it was done stands in the
 * log that counts from now on.
 */
function carryOver(file: string, former: string | undefined, { from, kept, actor }: Order): void {
  const database = Database.open(file);
  try {
    const newer = former === undefined ? undefined : readNewer(former, actor);
    database.transaction(() => {
      for (const { key_id, revoked_at } of newer?.revoked ?? []) {
        database
          .prepare('UPDATE keys SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL')
          .run(revoked_at, key_id);
      }
      for (const row of newer?.optedOut ?? []) {
        database
          .prepare(
            `INSERT OR IGNORE INTO listed_numbers (list, number, match_key, note, source, created_at)
             VALUES (@list, @number, @match_key, @note, @source, @created_at)`,
          )
          .run(row);
      }
      for (const row of newer?.sessions ?? []) {
        database
          .prepare(
            `INSERT OR IGNORE INTO sessions (session_id, hash, created_at, expires_at, role)
             VALUES (@session_id, @hash, @created_at, @expires_at, @role)`,
          )
          .run(row);
      }
      const details = { kept_as: former === undefined ? null : kept };
      new AuditLog(database, systemClock).note(actor, { action: 'backup.restore', target: from, details });
    });
  } finally {
    database.close();
  }
}

interface Newer {
  readonly revoked: readonly { readonly key_id: string; readonly revoked_at: number }[];
  readonly optedOut: readonly object[];
  readonly sessions: readonly object[];
}

/** A database that is too damaged to be read has nothing to carry over: it may be why a backup is restored. */
function readNewer(former: string, actor: Actor): Newer | undefined {
  try {
    const database = Database.open(former);
    try {
      return {
        revoked: database
          .prepare<[], { key_id: string; revoked_at: number }>(
            'SELECT key_id, revoked_at FROM keys WHERE revoked_at IS NOT NULL',
          )
          .all(),
        optedOut: database.prepare<[], object>(`SELECT * FROM listed_numbers WHERE list = 'opted-out'`).all(),
        sessions: database
          .prepare<[string | null], object>('SELECT * FROM sessions WHERE session_id = ?')
          .all(actor.kind === 'session' ? actor.id : null),
      };
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}
