import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';

/** How soon is seen what the command line wrote into the database meanwhile. */
const lookEveryMs = 1_000;

/** Tells of what other processes wrote: the command line sets numbers and PINs in the database while this serves. */
export class ForeignChanges {
  readonly #database: Pick<Database, 'foreignChanges'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #changed: () => void;
  #seen: number | undefined;
  #timer: Timer | undefined;

  constructor(database: Pick<Database, 'foreignChanges'>, clock: Clock, log: Logger, changed: () => void) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
    this.#changed = changed;
  }

  start(): void {
    this.#timer = this.#clock.after(lookEveryMs, () => this.start());
    try {
      this.#look();
    } catch (error) {
      this.#log.warn({ err: error }, 'what another process wrote cannot be taken in now');
    }
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #look(): void {
    const changes = this.#database.foreignChanges();
    if (this.#seen !== undefined && changes !== this.#seen) this.#changed();
    this.#seen = changes;
  }
}
