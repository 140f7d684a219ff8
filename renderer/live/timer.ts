/** The one thing that live parts need of time, so that a test can turn the hands itself. */
export interface Timers {
  /** Runs `action` once after `delayMs` milliseconds, unless it is called off. */
  after(delayMs: number, action: () => void): { cancel(): void };
}

/** The browser's own timers. */
export const browserTimers: Timers = {
  after(delayMs, action) {
    const handle = setTimeout(action, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
