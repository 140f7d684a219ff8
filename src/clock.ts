/** A timer that can be called off; calling it off twice, or after it ran, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time in the gateway, so that a test can turn the hands itself.
 *
 * `now()` is wall time for what people and networks read; `monotonic()` never jumps and is what durations
 * are measured with. Both in milliseconds.
 */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Runs `action` once after `delayMs` milliseconds. */
  after(delayMs: number, action: () => void): Timer;
}

/** setTimeout holds its delay in 32 bits: a longer one would fire at once. */
const longestTimeoutMs = 2_147_483_647;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, action) {
    const handle = setTimeout(action, Math.min(Math.max(delayMs, 0), longestTimeoutMs));
    return { cancel: () => clearTimeout(handle) };
  },
};

const trustedAfterJumpMs = 24 * 3_600_000;
const trustedAfterStartMs = 3_600_000;

/**
 * Whether what seems old may be given up or forgotten for its age. Where the wall clock was set ahead it may not be old at
 * all: it is kept for a day more, and after a start, of which nobody knows what was set before, for an hour.
 */
export class AgeTrust {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #from = 0;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  started(): void {
    this.#from = this.#clock.monotonic() + trustedAfterStartMs;
  }

  /** The wall clock was set ahead. */
  setAhead(): void {
    this.#from = this.#clock.monotonic() + trustedAfterJumpMs;
  }

  get isGiven(): boolean {
    return this.#clock.monotonic() >= this.#from;
  }
}

/** Resolves after `delayMs` milliseconds of `clock`; an aborted `signal` ends the wait at once. */
export function delay(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      timer.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(delayMs, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
