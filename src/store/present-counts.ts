import type { Database } from './database.ts';
import { MessageCounts } from './message-counts.ts';

/**
 * The counts of the messages as they are now. They stay the same for as long as nothing has been written into the
 * database, by this connection or another, of this process or another.
 */
export class PresentCounts {
  readonly #database: Database;
  #version: string | undefined;
  #counts: MessageCounts;

  constructor(database: Database) {
    this.#database = database;
    this.#counts = new MessageCounts(database);
  }

  /**
   * To be asked for in every snapshot anew. Not within a transaction that writes: the version would outlive what is
   * taken back.
   */
  get(): MessageCounts {
    const version = this.#database.version();
    if (version !== this.#version) this.#counts = new MessageCounts(this.#database);
    this.#version = version;
    return this.#counts;
  }
}
