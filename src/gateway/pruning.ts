import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';

/** Forgets at most so many rows that are kept no longer; how many it has forgotten. */
export type Prune = (limit: number) => number;

/** So few rows are one commit that nothing else waits for it. */
const rowsAtOnce = 200;
const nextSliceMs = 50;
const nextPassMs = 3_600_000;

/** Forgets, from hour to hour and a slice at a time, what is kept for a set time only. */
export class Pruning {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #kinds: readonly Prune[];
  #timer: Timer | undefined;

  constructor(clock: Clock, log: Logger, kinds: readonly Prune[]) {
    this.#clock = clock;
    this.#log = log;
    this.#kinds = kinds;
  }

  start(): void {
    this.#pass();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** One slice of the first kind of which there is more to forget; what the disk does not take is tried again later. */
  #pass(): void {
    this.#timer = this.#clock.after(this.#slice() ? nextSliceMs : nextPassMs, () => this.#pass());
  }

  #slice(): boolean {
    try {
      return this.#kinds.some((prune) => prune(rowsAtOnce) >= rowsAtOnce);
    } catch (error) {
      this.#log.warn({ err: error }, 'what is kept no longer cannot be forgotten now');
      return false;
    }
  }
}
