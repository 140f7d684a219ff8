import type { Database } from './database.ts';

/** What a list was found to hold: how many messages, and the `seq` of the newest of them, newest first. */
export interface Found {
  readonly total: number;
  readonly newest: readonly number[];
}

interface Remembered extends Found {
  /** `message_revision` when it was looked for. */
  readonly revision: number;
  /** The newest `seq` then. */
  readonly upTo: number;
}

const mostRemembered = 200;
/** So many of the newest are remembered of a list: some pages. */
export const mostNewest = 200;
/** So many later messages are looked through rather than all of them again. */
const mostLater = 20_000;

/**
 * What took long to find. Messages that came later are added; whatever else changes in what lists are asked for, but for
 * the status, gives `message_revision` another number, and all is forgotten. To be used within a snapshot.
 */
export class RememberedFinds {
  readonly #database: Database;
  readonly #finds = new Map<string, Remembered>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * What is known of a list; undefined where it must be looked for.
   *
   * @param key names the list, which must not be one of a status
   * @param later finds those whose `seq` is greater, newest first
   */
  known(key: string, later: (after: number) => readonly number[]): Found | undefined {
    const known = this.#finds.get(key);
    if (!known) return undefined;
    const { revision, newest } = this.#now();
    if (known.revision !== revision || newest - known.upTo > mostLater) return undefined;
    if (newest === known.upTo) return known;
    const since = later(known.upTo);
    const found = { total: known.total + since.length, newest: [...since, ...known.newest] };
    this.remember(key, found);
    return found;
  }

  remember(key: string, { total, newest }: Found): void {
    const { revision, newest: upTo } = this.#now();
    this.#finds.delete(key);
    this.#finds.set(key, { revision, upTo, total, newest: newest.slice(0, mostNewest) });
    const [oldest] = this.#finds.keys();
    if (this.#finds.size > mostRemembered && oldest !== undefined) this.#finds.delete(oldest);
  }

  #now(): { revision: number; newest: number } {
    const row = this.#database
      .prepare<[], { revision: number; newest: number | null }>(
        'SELECT revision, (SELECT max(seq) FROM messages) AS newest FROM message_revision',
      )
      .get();
    return { revision: row?.revision ?? 0, newest: row?.newest ?? 0 };
  }
}
