import type { Clock, Timer } from '../clock.ts';

const tickMs = 2_000;
/** More than a busy machine is late, or a time server corrects, between two ticks. */
const toleratedMs = 5_000;

/**
 * Notices that the machine slept, or that its clock was set, which no system tells reliably: between two ticks wall
 * time and monotonic time drift apart, or the second tick comes late. (In a sleep the monotonic clock of Linux stands
 * still, and those of Windows and macOS go on.)
 */
export class SleepWatch {
  readonly #clock: Clock;
  readonly #onGap: (gapMs: number) => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, onGap: (gapMs: number) => void) {
    this.#clock = clock;
    this.#onGap = onGap;
  }

  start(): void {
    const wall = this.#clock.now();
    const monotonic = this.#clock.monotonic();
    this.#timer = this.#clock.after(tickMs, () => {
      const passed = this.#clock.monotonic() - monotonic;
      const drift = this.#clock.now() - wall - passed;
      const late = passed - tickMs;
      this.start();
      if (Math.abs(drift) > toleratedMs) this.#onGap(drift);
      else if (late > toleratedMs) this.#onGap(late);
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
