import type { Clock, Timer } from '../../clock.ts';

/** What is still to happen, so that all of it can be called off. */
export class Agenda {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Always by the clock, even with no delay: nothing overtakes the answer to what caused it. */
  later(delayMs: number, action: () => void): void {
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      action();
    });
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }
}
