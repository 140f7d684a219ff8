import type { Clock } from '../clock.ts';

/** How somebody stands after a request. */
export interface Allowance {
  readonly isSpent: boolean;
  /** How many more there may be. */
  readonly remaining: number;
  /** Whole seconds until the count begins anew. */
  readonly resetSeconds: number;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Beyond so many callers the oldest are forgotten. */
const mostCallers = 10_000;

/** Counts what each caller does in windows of a fixed length, each beginning with the first thing done in it. */
export class RequestAllowance {
  readonly #clock: Clock;
  readonly #windowMs: number;
  /** By caller, oldest first. */
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Counts one, unless `limit` is reached already. */
  take(caller: string, limit: number): Allowance {
    // whole milliseconds: of others the sum and the difference are not exact, and a minute would be told as 61 seconds
    const now = Math.floor(this.#clock.monotonic());
    const window = this.#windowOf(caller, now);
    const isSpent = window.count >= limit;
    if (!isSpent) window.count++;
    return {
      isSpent,
      remaining: Math.max(0, limit - window.count),
      resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1_000)),
    };
  }

  /** Forgets what a caller did: it has shown that it may. */
  forgive(caller: string): void {
    this.#windows.delete(caller);
  }

  #windowOf(caller: string, now: number): Window {
    const known = this.#windows.get(caller);
    if (known && known.endsAt > now) return known;
    this.#windows.delete(caller);
    for (const [oldest, { endsAt }] of this.#windows) {
      if (endsAt > now && this.#windows.size < mostCallers) break;
      this.#windows.delete(oldest);
    }
    const window = { count: 0, endsAt: now + this.#windowMs };
    this.#windows.set(caller, window);
    return window;
  }
}
