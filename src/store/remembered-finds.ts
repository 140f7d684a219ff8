import type { Database } from './database.ts';

/** What a list was found to hold: how many messages, and the `seq` of the newest of them, newest first. */
export interface Found {
  readonly total: number;
  readonly newest: readonly number[];
}

interface Remembered extends Found {
  /** The revisions of `message_revision` that it depends on, when it was looked for. */
  readonly revision: string;
  /** It says what is up to this `seq`. */
  readonly upTo: number;
}

/** What a list is asked for. */
export interface List {
  readonly name: string;
  /** It is one of a status, which goes on changing. */
  readonly ofStatus: boolean;
}

const mostRemembered = 200;
/** So many of the newest are remembered of a list: some pages. */
export const mostNewest = 200;
/** So many later messages are looked through rather than all of them again. */
const mostLater = 20_000;
/** So many of the newest messages are looked through each time for a status; `settled_revision` tells of older ones. */
const unsettled = 20_000;

/** How many of the newest in a list must be known for it to be remembered. */
export function newestWanted({ ofStatus }: List): number {
  return ofStatus ? unsettled + mostNewest : mostNewest;
}

/**
 * What took long to find. Messages that came later are added; whatever else changes in what lists are asked for gives
 * `message_revision` other numbers, and what depends on them is forgotten. To be used within a snapshot.
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
   * @param later finds those whose `seq` is greater, newest first
   */
  known(list: List, later: (after: number) => readonly number[]): Found | undefined {
    const known = this.#finds.get(list.name);
    if (!known) return undefined;
    const { revision, settled, newest } = this.#now(list);
    if (known.revision !== revision || settled - known.upTo > mostLater) return undefined;
    if (newest === known.upTo) return known;
    const since = later(known.upTo);
    const found = { total: known.total + since.length, newest: [...since, ...known.newest] };
    if (settled > known.upTo) this.remember(list, found);
    return found;
  }

  /** @param found with so many of the newest as `newestWanted` tells, or all of them */
  remember(list: List, { total, newest }: Found): void {
    const { revision, settled: upTo } = this.#now(list);
    const later = newest.findIndex((seq) => seq <= upTo);
    const unremembered = later === -1 ? newest.length : later;
    this.#finds.delete(list.name);
    this.#finds.set(list.name, {
      revision,
      upTo,
      total: total - unremembered,
      newest: newest.slice(unremembered, unremembered + mostNewest),
    });
    const [oldest] = this.#finds.keys();
    if (this.#finds.size > mostRemembered && oldest !== undefined) this.#finds.delete(oldest);
  }

  /** `settled`: up to there, nothing changes in a list without another revision. */
  #now({ ofStatus }: List): { revision: string; newest: number; settled: number } {
    const row = this.#database
      .prepare<[], { revision: number; settled_revision: number; newest: number | null }>(
        'SELECT revision, settled_revision, (SELECT max(seq) FROM messages) AS newest FROM message_revision',
      )
      .get();
    const { revision = 0, settled_revision = 0 } = row ?? {};
    const newest = row?.newest ?? 0;
    if (!ofStatus) return { revision: `${revision}`, newest, settled: newest };
    return { revision: `${revision} ${settled_revision}`, newest, settled: Math.max(newest - unsettled, 0) };
  }
}
