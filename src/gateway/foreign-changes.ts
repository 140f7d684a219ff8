import type { Clock, Timer } from '../clock.ts';
import type { Database } from '../store/database.ts';

/** How soon is seen what the command line wrote into the database meanwhile. */
const lookEveryMs = 1_000;

/** Tells of what other processes wrote: the command line sets numbers and PINs in the database while this serves. */
export class ForeignChanges {
  readonly #database: Pick<Database, 'foreignChanges'>;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #seen: number | undefined;
  #timer: Timer | undefined;

  constructor(database: Pick<Database, 'foreignChanges'>, clock: Clock, changed: () => void) {
    this.#database = database;
    this.#clock = clock;
    this.#changed = changed;
  }

  start(): void {
    const changes = this.#database.foreignChanges();
    if (this.#seen !== undefined && changes !== this.#seen) this.#changed();
    this.#seen = changes;
    this.#timer = this.#clock.after(lookEveryMs, () => this.start());
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
