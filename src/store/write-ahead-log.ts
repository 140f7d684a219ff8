import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Database, inWords } from './database.ts';
import { freeBytes } from './free-bytes.ts';

/** Pages that a connection keeps in memory of a change that is to go to the log before it is committed. */
const fewPages = 20;

const pageOctets = 4_096;

/** The log is lengthened where the disk has so many times the room. */
const plenty = 16;

/** Ends a transaction that was only made for the room that it takes. */
class TakenBack extends Error {}

/** The log to which SQLite appends every commit before it comes into the database file. Errors are `StoreError`s. */
export class WriteAheadLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A word that changes whenever something was written. */
  version(): string {
    return this.#database.version();
  }

  /** How many pages it holds that are not in the database file yet. */
  pages(): number {
    const { log = 0, checkpointed = 0 } = this.#pragma('wal_checkpoint(NOOP)');
    return log - checkpointed;
  }

  /**
   * Moves all into the database file, and begins anew. The first commit of a new log writes its head and waits for the
   * disk once more than others do: the database's version, written once more as it is, is that commit.
   */
  checkpoint(): void {
    if (this.#pragma('wal_checkpoint(PASSIVE)').busy !== 0) return;
    this.#database.transaction(() => {
      const { user_version: version } = this.#pragma('user_version');
      this.#pragma(`user_version = ${version}`);
    });
  }

  /**
   * Makes the file so long, where there is plenty of room: a commit that lengthens it waits longer for the disk than one
   * that overwrites what was there. Nothing else is changed by it.
   */
  async lengthen(octets: number): Promise<void> {
    const { file } = this.#database;
    if ((await freeBytes(dirname(file))) < plenty * octets) return;
    this.#writeAndTakeBack(octets);
    const log = await open(`${file}-wal`, 'r+');
    try {
      await log.datasync();
    } finally {
      await log.close();
    }
  }

  /** What does not fit into the memory of a connection goes to the log although it is never committed. */
  #writeAndTakeBack(octets: number): void {
    const { cache_size: usual } = this.#pragma('cache_size');
    this.#pragma(`cache_size = ${fewPages}`);
    try {
      this.#database.transaction(() => {
        this.#database
          .prepare(`INSERT INTO settings (name, value) VALUES ('', printf('%.*c', ?, ' '))`)
          .run(octets + fewPages * pageOctets);
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    } finally {
      this.#pragma(`cache_size = ${usual}`);
    }
  }

  #pragma(source: string): Record<string, number> {
    try {
      const [row] = this.#database.pragma(source) as Record<string, number>[];
      return row ?? {};
    } catch (error) {
      throw inWords(error, this.#database.file);
    }
  }
}
