import type { AtLogView } from '../../src/contract/modem-actions.ts';
import { retryDelayMs } from '../live/event-stream.ts';
import type { Timers } from '../live/timer.ts';

export interface AtLogFollowerOptions {
  /** Asks for the lines after one, or for the newest ones; may wait for a line where there is none yet. */
  readonly read: (after: number | undefined, signal: AbortSignal) => Promise<AtLogView>;
  /** So long it rests before it asks on, in milliseconds. */
  readonly restMs?: () => number;
  readonly timers: Timers;
  readonly onLines: (lines: AtLogView['lines']) => void;
  /** Said at each failure; undefined as soon as the log can be read again. */
  readonly onError: (error: Error | undefined) => void;
}

/** Reads what is said to a modem as it is said: one question is always under way, until it is paused. */
export class AtLogFollower {
  readonly #options: AtLogFollowerOptions;
  #last: number | undefined;
  #failures = 0;
  #round: AbortController | undefined;
  #waiting: { cancel(): void } | undefined;

  constructor(options: AtLogFollowerOptions) {
    this.#options = options;
  }

  /** Goes on from the last line that was read. */
  start(): void {
    if (this.#round) return;
    this.#round = new AbortController();
    void this.#ask(this.#round.signal);
  }

  stop(): void {
    this.#waiting?.cancel();
    this.#round?.abort();
    this.#round = undefined;
  }

  async #ask(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const log = await this.#options.read(this.#last, signal);
        if (signal.aborted) return;
        this.#last = log.last_seq;
        if (this.#failures > 0) this.#options.onError(undefined);
        this.#failures = 0;
        this.#options.onLines(log.lines);
        const restMs = this.#options.restMs?.() ?? 0;
        if (restMs > 0) return this.#askIn(restMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#failures++;
        this.#options.onError(error as Error);
        return this.#askIn(retryDelayMs(this.#failures), signal);
      }
    }
  }

  #askIn(delayMs: number, signal: AbortSignal): void {
    this.#waiting = this.#options.timers.after(delayMs, () => void this.#ask(signal));
  }
}
