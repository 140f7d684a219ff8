import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';

/** How often is looked whether there are new messages. */
const lookEveryMs = 10_000;
/** Between two slices whatever else waits has its turn. */
const sliceEveryMs = 25;
/** A slice is one commit of so few messages, and characters, that nobody notices: some 3 ms. */
const messagesAtOnce = 256;
const charactersAtOnce = 16_000;
/** While texts come and go they are taken in late: so many more are looked through by every search. */
const mostBehind = 4_096;
/** Pages of the index that are joined with others after a slice. */
const mergedPages = 16;

/**
 * Takes messages into the index of texts, some seconds after they came: a few at a time, and while others come in or
 * leave only when very many wait. A search looks through what is not in it yet, so it always finds everything.
 */
export class SearchIndex {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: Timer | undefined;
  #newestBefore = 0;

  constructor(database: Database, clock: Clock, log: Logger) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#after(lookEveryMs);
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #after(ms: number): void {
    this.#timer = this.#clock.after(ms, () => this.#look());
  }

  /** What fails is tried again later: the disk may be full. */
  #look(): void {
    try {
      this.#after(this.#step() ? sliceEveryMs : lookEveryMs);
    } catch (error) {
      this.#log.warn({ err: error }, 'messages cannot be taken into the index of texts now');
      this.#after(lookEveryMs);
    }
  }

  /** Whether there is more to do soon. */
  #step(): boolean {
    const newest = this.#newest();
    const { behind } = this;
    const isQuiet = newest === this.#newestBefore && !this.#isSending();
    const isDue = behind > 0 && (isQuiet || behind > mostBehind);
    if (isDue) this.takeIn(isQuiet);
    this.#newestBefore = newest;
    return isDue && behind > messagesAtOnce;
  }

  /** How many messages at most are not in it yet. */
  get behind(): number {
    return this.#newest() - this.#indexedUpTo();
  }

  /**
   * Takes in the next messages. Joining what was taken in with what was there can take longer at times, and is left for
   * when it is quiet. What a power cut takes back is done once more.
   */
  takeIn(joins = true): void {
    this.#database.unflushed(() => {
      const after = this.#indexedUpTo();
      const upTo = this.#endOfSlice(after);
      this.#database
        .prepare(
          `INSERT INTO message_search (rowid, body)
           SELECT seq, lower(body) || char(3) FROM messages WHERE seq > ? AND seq <= ? AND body <> '' ORDER BY seq`,
        )
        .run(after, upTo);
      this.#database.prepare('UPDATE search_progress SET indexed_up_to = ?').run(upTo);
      if (joins)
        this.#database
          .prepare(`INSERT INTO message_search (message_search, rank) VALUES ('merge', ?)`)
          .run(mergedPages);
    });
  }

  #endOfSlice(after: number): number {
    const next = this.#database
      .prepare<[number, number], { seq: number; characters: number }>(
        'SELECT seq, length(body) AS characters FROM messages WHERE seq > ? ORDER BY seq LIMIT ?',
      )
      .all(after, messagesAtOnce);
    let characters = 0;
    const beyond = next.findIndex((message) => {
      characters += message.characters;
      return characters > charactersAtOnce;
    });
    const taken = beyond < 0 ? next : next.slice(0, Math.max(beyond, 1));
    return taken.at(-1)?.seq ?? after;
  }

  #isSending(): boolean {
    const inHand = this.#database.prepare(
      `SELECT 1 FROM segments INDEXED BY segments_unsettled
       WHERE state = 'submitting' AND state IN ('submitting', 'ambiguous') LIMIT 1`,
    );
    return inHand.get() !== undefined;
  }

  #newest(): number {
    const row = this.#database
      .prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM messages')
      .get();
    return row?.seq ?? 0;
  }

  #indexedUpTo(): number {
    const row = this.#database
      .prepare<[], { seq: number }>('SELECT indexed_up_to AS seq FROM search_progress')
      .get();
    return row?.seq ?? 0;
  }
}
