/** A timer that can be called off. */
export interface Timer {
  cancel(): void;
}

/** What the main process needs of time, so that a test can turn the hands itself. */
export interface Timing {
  /** Never jumps; milliseconds. */
  monotonic(): number;
  /** Runs `action` once after `delayMs` milliseconds. */
  after(delayMs: number, action: () => void): Timer;
}

/** The machine's own time. */
export const systemTiming: Timing = {
  monotonic: () => performance.now(),
  after(delayMs, action) {
    const handle = setTimeout(action, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
