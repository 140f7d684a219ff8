import { type Clock, delay } from '../clock.ts';
import type { Logger } from '../log.ts';

/** An ordered stop takes no longer: service managers kill what takes its time. */
const limitMs = 9_500;

/** The waits of an ordered stop, which together are no longer than a person or a service manager has patience. */
export class BoundedStop {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #deadline: number;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
    this.#deadline = clock.monotonic() + limitMs;
  }

  /** Waits until a part has stopped, or there is no time left: what it has in hand is then as after a crash. */
  async of(what: string, stopping: Promise<unknown>): Promise<void> {
    const patience = new AbortController();
    const stopped = stopping.then(() => true);
    const late = delay(this.#clock, this.#deadline - this.#clock.monotonic(), patience.signal);
    const inTime = await Promise.race([stopped, late.then(() => false)]);
    patience.abort();
    if (!inTime) this.#log.error({ what }, 'it did not end in time, and is not waited for');
  }
}
