import type { Clock, Timer } from '../../clock.ts';

/** What a modem does again and again while it has power. */
export class Chatter {
  readonly #clock: Clock;
  readonly #running = new Set<{ stop(): void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does something every `everyMs` milliseconds, for the first time after as many. */
  start(everyMs: number, act: () => void): { stop(): void } {
    let timer: Timer | undefined;
    const run = {
      stop: () => {
        timer?.cancel();
        this.#running.delete(run);
      },
    };
    const again = () => {
      timer = this.#clock.after(everyMs, () => {
        again();
        act();
      });
    };
    this.#running.add(run);
    again();
    return run;
  }

  /** Ends all of it. */
  stop(): void {
    for (const run of this.#running) run.stop();
  }
}
