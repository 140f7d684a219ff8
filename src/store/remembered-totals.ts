import type { Database } from './database.ts';

interface Remembered {
  /** `message_revision` when it was counted. */
  readonly revision: number;
  /** The newest `seq` then. */
  readonly upTo: number;
  readonly total: number;
}

const mostRemembered = 200;
/** So many later messages are counted rather than all of them again. */
const mostLater = 20_000;

/**
 * Totals that took long to count. Messages that came later are added to them; whatever else changes in what lists are
 * asked for, but for the status, gives `message_revision` another number, and they are counted anew.
 */
export class RememberedTotals {
  readonly #database: Database;
  readonly #totals = new Map<string, Remembered>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * @param key names what is counted, which must not be a status
   * @param countLater counts those whose `seq` is greater
   */
  total(key: string, count: () => number, countLater: (after: number) => number): number {
    const now = this.#now();
    const known = this.#totals.get(key);
    const isOfUse = known?.revision === now.revision && now.newest - known.upTo <= mostLater;
    const total = isOfUse ? known.total + countLater(known.upTo) : count();
    this.#remember(key, { revision: now.revision, upTo: now.newest, total });
    return total;
  }

  #remember(key: string, remembered: Remembered): void {
    this.#totals.delete(key);
    this.#totals.set(key, remembered);
    const [oldest] = this.#totals.keys();
    if (this.#totals.size > mostRemembered && oldest !== undefined) this.#totals.delete(oldest);
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
