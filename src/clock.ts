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
