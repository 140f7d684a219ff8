import type { Clock } from '../clock.ts';

const farMs = 3_600_000;
const steadyAfterMs = 600_000;

/**
 * Whether the wall clock can be believed: not in the ten minutes after it jumped by more than an hour, or was found to be
 * far before what was written last. What ages by it waits until then.
 */
export class SteadyTime {
  readonly #clock: Clock;
  #offset: number;
  #steadyFrom = Number.NEGATIVE_INFINITY;

  /** @param newest when the newest record was made, in milliseconds since 1970 */
  constructor(clock: Clock, newest: number | undefined) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.monotonic();
    if (newest !== undefined && newest > clock.now() + farMs) this.#doubt();
  }

  get steady(): boolean {
    const offset = this.#clock.now() - this.#clock.monotonic();
    if (Math.abs(offset - this.#offset) > farMs) this.#doubt();
    this.#offset = offset;
    return this.#clock.monotonic() >= this.#steadyFrom;
  }

  #doubt(): void {
    this.#steadyFrom = this.#clock.monotonic() + steadyAfterMs;
  }
}
