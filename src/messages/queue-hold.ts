import type { Clock } from '../clock.ts';

/** Rests after failures that blame SIM or modem, growing while they come one after another. Milliseconds. */
const restsMs = [5_000, 15_000, 60_000, 300_000];

/**
 * Holds the queue of one SIM while SIM or modem are in trouble. It outlives the sender, which ends each time that the
 * modem is brought up anew: else every new start would be a first failure.
 */
export class QueueHold {
  readonly #clock: Clock;
  #failures = 0;
  /** Monotonic time. */
  #until = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long the queue still rests, in milliseconds. */
  get remainingMs(): number {
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** Another failure: the queue rests, for longer than after the one before. */
  begin(): void {
    const restMs = restsMs[Math.min(this.#failures, restsMs.length - 1)] ?? 0;
    this.#failures++;
    this.#until = this.#clock.monotonic() + restMs;
  }

  /** A text was taken. */
  end(): void {
    this.#failures = 0;
    this.#until = 0;
  }
}
