import type { Database } from './database.ts';
import type { MessageSpan } from './message-window.ts';

/** What a list was found to hold: how many messages and where, and the `seq` of the newest; newest first. */
export interface Found {
  readonly spans: readonly MessageSpan[];
  readonly newest: readonly number[];
}

interface Remembered extends Found {
  /** The revisions of `message_revision` that it depends on, when it was looked for. */
  readonly revision: string;
  /** It tells of messages up to this `seq`. */
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
/** Among so many messages, those of a list are counted together. */
export const spanWidth = 16_384;

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

  /** Up to this `seq` nothing changes in a list without another revision: so much of it is remembered. */
  settled(list: List): number {
    return this.#now(list).settled;
  }

  /**
   * What is known of a list; undefined where it must be looked for.
   *
   * @param laterThan finds those whose `seq` is greater, newest first
   */
  known(list: List, laterThan: (seq: number) => readonly number[]): Found | undefined {
    const known = this.#finds.get(list.name);
    if (!known) return undefined;
    const { revision, settled, newest } = this.#now(list);
    if (known.revision !== revision || settled - known.upTo > mostLater) return undefined;
    if (newest === known.upTo) return known;
    const later = laterThan(known.upTo);
    const unsettledYet = later.filter((seq) => seq > settled);
    const part = grown(known, known.upTo, later.slice(unsettledYet.length), settled);
    if (settled > known.upTo) this.remember(list, part);
    return grown(part, settled, unsettledYet, newest);
  }

  /** @param found what the list holds up to where it is settled */
  remember(list: List, { spans, newest }: Found): void {
    const { revision, settled: upTo } = this.#now(list);
    this.#finds.delete(list.name);
    this.#finds.set(list.name, { revision, upTo, spans, newest: newest.slice(0, mostNewest) });
    const [oldest] = this.#finds.keys();
    if (this.#finds.size > mostRemembered && oldest !== undefined) this.#finds.delete(oldest);
  }

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

/** The same with `later`, newest first: all that the list holds behind `after` up to `upTo`. */
export function grown(found: Found, after: number, later: readonly number[], upTo: number): Found {
  if (upTo <= after) return found;
  const [top, ...others] = found.spans;
  const span = { messages: later.length, first_seq: after + 1, last_seq: upTo };
  const newest = [...later, ...found.newest];
  if (!top || upTo - top.first_seq >= spanWidth) return { spans: [span, ...found.spans], newest };
  const both = { messages: top.messages + span.messages, first_seq: top.first_seq, last_seq: upTo };
  return { spans: [both, ...others], newest };
}
