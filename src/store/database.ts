import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrations } from './migrations/index.ts';
import { StoreError } from './store-error.ts';
import { speaksOfDamage, watched } from './watched-statement.ts';

export type Statement<Parameters extends unknown[] = unknown[], Row = unknown> = Sqlite.Statement<
  Parameters,
  Row
>;

/** How long a statement waits for another process's write (the command line works while the gateway serves). */
const busyTimeoutMs = 5_000;

/**
 * So many pages the log may hold before a commit moves them by itself: `Checkpoints` finds a better moment before, unless
 * commit follows commit. The more there are, the longer that one commit takes.
 */
const mostLoggedPages = 1_600;
/** What a connection that only reads keeps in memory; the system keeps the file's pages beside it. */
const readersCacheKilobytes = 4_000;

/** Somebody who only looks whether the lock is held has it for an instant. */
const lockTimeoutMs = 200;

/**
 * The one SQLite file, and the only place that knows better-sqlite3. Statements are prepared once per text.
 *
 * Every connection has `synchronous=FULL`: in WAL mode the library's default would let a commit vanish in a
 * power cut, and a text that was answered 202 must not.
 */
export class Database {
  readonly file: string;
  readonly #connection: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();
  readonly #afterCommit: (() => void)[] = [];
  /** What is on disk and still to be told. */
  readonly #untold: (() => void)[] = [];
  #damage: StoreError | undefined;
  #damaged: () => void = () => undefined;

  private constructor(file: string, connection: Sqlite.Database) {
    this.file = file;
    this.#connection = connection;
  }

  /**
   * Opens `file`, making it (mode 0600) and its folder (mode 0700) where they are missing, and brings it to the
   * present version, which may take a while where there are many messages: `onUpgrade` is called before. `waitMs`: how
   * long a statement waits for another process's write. Throws a `StoreError`.
   */
  static open(file: string, waitMs: number = busyTimeoutMs, onUpgrade: () => void = () => {}): Database {
    try {
      makePrivateFile(file);
      const connection = new Sqlite(file, { timeout: waitMs });
      const database = new Database(file, connection);
      database.#configure();
      database.#migrate(onUpgrade);
      database.#touchTables();
      return database;
    } catch (error) {
      throw inWords(error, file);
    }
  }

  /** Opens `file`, which is of the present version, to be read only: another thread or process writes to it. */
  static openToRead(file: string): Database {
    try {
      const connection = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
      connection.pragma(`cache_size = -${readersCacheKilobytes}`);
      return new Database(file, connection);
    } catch (error) {
      throw inWords(error, file);
    }
  }

  /**
   * The prepared statement of `sql`. This SQLite plans a statement anew at every call where a bare parameter is
   * compared with `=` beside ORDER BY, min(), max() or a join, or stands behind LIMIT: what is called for each text says
   * `= +?`, and what pages are read with `LIMIT +?`.
   */
  prepare<Parameters extends unknown[] = unknown[], Row = unknown>(sql: string): Statement<Parameters, Row> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = watched<Sqlite.Statement>(
        this.#connection.prepare(sql),
        (error) => this.#judge(error),
        () => this.#damage,
      );
      this.#statements.set(sql, statement);
    }
    return statement as unknown as Statement<Parameters, Row>;
  }

  /**
   * Runs `work` in one transaction that is on disk when this returns; an exception takes all of it back. Inside
   * another transaction it becomes a part of that one.
   */
  transaction<Result>(work: () => Result): Result {
    if (this.#connection.inTransaction) return work();
    const result = this.#commit(work);
    this.#tell();
    return result;
  }

  /**
   * The same for what the caller has to act upon before all else: those who wait for the commit are told when the
   * caller has given way, or with the next commit if that comes first.
   */
  transactionToActUpon<Result>(work: () => Result): Result {
    if (this.#connection.inTransaction) return work();
    const result = this.#commit(work);
    if (this.#untold.length > 0) queueMicrotask(() => this.#tell());
    return result;
  }

  /**
   * As `transaction`, but without waiting for the disk: it outlives the end of the program, and may be taken back by a
   * power cut. Only for what is then simply done once more.
   */
  unflushed<Result>(work: () => Result): Result {
    if (this.#connection.inTransaction) return work();
    this.#connection.exec('PRAGMA synchronous = NORMAL');
    try {
      return this.transaction(work);
    } finally {
      this.#connection.exec('PRAGMA synchronous = FULL');
    }
  }

  /**
   * Runs `work`, which only reads and to which nothing changes meanwhile that others write. Throws within a transaction:
   * what is read there may be taken back.
   */
  snapshot<Result>(work: () => Result): Result {
    this.#connection.exec('BEGIN');
    try {
      return work();
    } finally {
      // an error of the disk may have ended it
      if (this.#connection.inTransaction) this.#connection.exec('COMMIT');
    }
  }

  /** Runs `action` when the present transaction is on disk, or at once outside one: nobody is told of what may vanish. */
  afterCommit(action: () => void): void {
    if (this.#connection.inTransaction) this.#afterCommit.push(action);
    else action();
  }

  /** How it was found while it was used that the file is damaged: from then on nothing is written into it. */
  get damage(): StoreError | undefined {
    return this.#damage;
  }

  /** Calls `action` once when that is found. */
  onDamage(action: () => void): void {
    this.#damaged = action;
  }

  /** Changes whenever another process has written to the file. */
  foreignChanges(): number {
    return this.prepare<[], number>('PRAGMA data_version').pluck().get() ?? 0;
  }

  /** A word that changes whenever a row has changed, by this process or another. */
  version(): string {
    const own = this.prepare('SELECT total_changes()').pluck().get();
    return `${own}/${this.foreignChanges()}`;
  }

  /** What the connection answers to a PRAGMA, as rows. */
  pragma(source: string): unknown {
    return this.#connection.pragma(source);
  }

  close(): void {
    this.#connection.close();
  }

  /** What one statement found out holds for all that follow. */
  #judge(error: unknown): unknown {
    if (!speaksOfDamage(error)) return error;
    const damage = inWords(error, this.file) as StoreError;
    if (!this.#damage) setImmediate(() => this.#damaged());
    this.#damage ??= damage;
    return damage;
  }

  #configure(): void {
    this.#connection.pragma('journal_mode = WAL');
    this.#connection.pragma('synchronous = FULL');
    this.#connection.pragma(`wal_autocheckpoint = ${mostLoggedPages}`);
    this.#connection.pragma('foreign_keys = ON');
    this.#connection.pragma('secure_delete = ON'); // what is erased must not stay in the file
    this.#connection.pragma('temp_store = MEMORY');
  }

  #migrate(onUpgrade: () => void): void {
    if (this.#version() > migrations.length) throw writtenByNewer(this.file);
    if (this.#version() > 0 && this.#version() < migrations.length) onUpgrade();
    for (let version = this.#version(); version < migrations.length; version++) {
      this.transaction(() => {
        if (this.#version() !== version) return; // another process was quicker
        this.#connection.exec(migrations[version] ?? '');
        this.#connection.pragma(`user_version = ${version + 1}`);
      });
    }
  }

  /** Where a table cannot be read, that is told at the start and not in the middle of the work. */
  #touchTables(): void {
    const tables = this.#connection
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'`,
      )
      .pluck()
      .all();
    for (const table of tables)
      this.#connection.prepare(`SELECT 1 FROM "${table}" NOT INDEXED LIMIT 1`).get();
  }

  #version(): number {
    return this.#connection.pragma('user_version', { simple: true }) as number;
  }

  #commit<Result>(work: () => Result): Result {
    if (this.#damage) throw this.#damage;
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#connection.exec('COMMIT');
      this.#untold.push(...this.#afterCommit.splice(0));
      return result;
    } catch (error) {
      this.#afterCommit.length = 0;
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      throw inWords(this.#judge(error), this.file);
    }
  }

  #tell(): void {
    for (const action of this.#untold.splice(0)) action();
  }
}

/**
 * Holds `file` for this process alone, until the returned function is called or the process ends, however it ends:
 * the lock is the system's own, so nothing stale can keep the next start out. Throws a `StoreError`.
 */
export function lockForOneProcess(file: string): () => void {
  try {
    makePrivateFile(file);
    const connection = new Sqlite(file, { timeout: lockTimeoutMs });
    connection.pragma('journal_mode = DELETE');
    connection.exec('BEGIN EXCLUSIVE');
    return () => connection.close();
  } catch (error) {
    const inUse = `Another Postern is using ${dirname(file)}. Stop it first, or name another --data-dir.`;
    throw (error as { code?: unknown }).code === 'SQLITE_BUSY'
      ? new StoreError('locked', inUse)
      : inWords(error, file);
  }
}

/** Whether some process holds `file` by `lockForOneProcess`. Looks and changes nothing. */
export function isLocked(file: string): boolean {
  if (!existsSync(file)) return false;
  const connection = new Sqlite(file, { readonly: true, timeout: 0 });
  try {
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'SQLITE_BUSY';
  } finally {
    connection.close();
  }
}

/**
 * Looks whether a database is sound and of a version that this program knows, also while a gateway writes to it.
 * Changes nothing. Throws a `StoreError` that says what is wrong.
 */
export function checkDatabase(file: string): void {
  try {
    const connection = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    try {
      const version = connection.pragma('user_version', { simple: true }) as number;
      if (version > migrations.length) throw writtenByNewer(file);
      const found = connection.pragma('quick_check(1)', { simple: true });
      if (found !== 'ok') throw new StoreError('corrupt', `${file} is damaged (${found}). Restore a backup.`);
    } finally {
      connection.close();
    }
  } catch (error) {
    throw inWords(error, file);
  }
}

/**
 * Looks whether a database can be written: not read-only, not full, not locked by another program for long. Changes
 * nothing. Throws a `StoreError` that says what is wrong.
 */
export function checkWritable(file: string): void {
  try {
    const connection = new Sqlite(file, { fileMustExist: true, timeout: busyTimeoutMs });
    try {
      connection.exec('BEGIN IMMEDIATE');
      connection.exec('ROLLBACK');
    } finally {
      connection.close();
    }
  } catch (error) {
    throw inWords(error, file);
  }
}

function writtenByNewer(file: string): StoreError {
  return new StoreError(
    'newer',
    `${file} was written by a newer Postern. Install that version or a later one.`,
  );
}

/** One that is there is not opened here: closing it would end the locks that SQLite holds on it in this process. */
function makePrivateFile(file: string): void {
  makeFolders(dirname(file));
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

/** One by one: made recursively, a folder that the system will not have (below /proc) is tried for ever. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** SQLite's own codes, in words for the person who has to free the disk or restore a backup; other errors as they are. */
export function inWords(error: unknown, file: string): unknown {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || error instanceof StoreError) return error;
  const cause = { cause: error };
  if (speaksOfDamage(error)) {
    return new StoreError(
      'corrupt',
      `${file} is damaged or not a Postern database. Restore a backup.`,
      cause,
    );
  }
  if (
    /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code) ||
    /^E(ACCES|PERM|ROFS|NOSPC|NOTDIR|EXIST|NOENT)$/.test(code)
  ) {
    const why = (error as Error).message;
    return new StoreError(
      'unwritable',
      `Postern cannot write ${file} (${why}). Free the disk or mend its rights.`,
      cause,
    );
  }
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) {
    return new StoreError('locked', `Another program has locked ${file}. Close it and try again.`, cause);
  }
  return error;
}
