import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';

const lookEveryMs = 1_000;

/** So many pages are worth the disk's work: the texts of half a minute at one a second. */
const worthwhilePages = 1_000;

/** Where nothing was written for so long, what was under way has come to its end. */
const quietMs = 10;

/** How often it is looked for such a moment before a second is over. */
const looksForQuiet = 20;

/**
 * Moves the write-ahead log into the database file while nothing else is written. A commit that has to do so on its own
 * takes many times as long as others, and a text or an arrival waits for it.
 */
export class Checkpoints {
  readonly #database: Pick<Database, 'loggedPages' | 'checkpoint' | 'version'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: Timer | undefined;

  constructor(database: Pick<Database, 'loggedPages' | 'checkpoint' | 'version'>, clock: Clock, log: Logger) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#timer = this.#clock.after(lookEveryMs, () => this.#look());
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #look(): void {
    try {
      if (this.#database.loggedPages() >= worthwhilePages)
        return this.#whenQuiet(this.#database.version(), looksForQuiet);
    } catch (error) {
      this.#failed(error);
    }
    this.start();
  }

  #whenQuiet(before: string, looks: number): void {
    this.#timer = this.#clock.after(quietMs, () => {
      try {
        const now = this.#database.version();
        if (now !== before && looks > 1) return this.#whenQuiet(now, looks - 1);
        if (now === before) this.#database.checkpoint();
      } catch (error) {
        this.#failed(error);
      }
      this.start();
    });
  }

  /** The log goes on growing until a commit moves it, or the next look finds the disk well again. */
  #failed(error: unknown): void {
    this.#log.debug({ err: error }, 'the write-ahead log cannot be moved into the database');
  }
}
