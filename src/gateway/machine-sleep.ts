import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Fleet } from '../modem/fleet.ts';
import { SleepWatch } from '../modem/sleep-watch.ts';

/** How long a segment in hand may take when the machine is about to sleep, which does not wait for long. */
const suspendGraceMs = 2_000;
/** A machine that was about to sleep and then did not is served again after this. */
const longestWakefulRestMs = 60_000;

/** The machine sleeps and wakes, told or not. */
export class MachineSleep {
  readonly #fleet: Pick<Fleet, 'suspending' | 'resumed'>;
  readonly #clock: Clock;
  readonly #watch: SleepWatch;
  #awake: Timer | undefined;

  constructor(fleet: Pick<Fleet, 'suspending' | 'resumed'>, clock: Clock, log: Logger) {
    this.#fleet = fleet;
    this.#clock = clock;
    this.#watch = new SleepWatch(clock, (gapMs) => {
      log.info({ gapMs }, 'the machine slept, or its clock was set: asking all modems');
      this.resumed();
    });
  }

  start(): void {
    this.#watch.start();
  }

  stop(): void {
    this.#awake?.cancel();
    this.#watch.stop();
  }

  /** Every port is let go. Undone by `resumed`, or after a while in which the machine did not sleep. */
  async suspending(): Promise<void> {
    this.#awake?.cancel();
    this.#awake = this.#clock.after(longestWakefulRestMs, () => this.resumed());
    await this.#fleet.suspending(suspendGraceMs);
  }

  /** Every modem is asked at once, and what fails now is no fault of it. */
  resumed(): void {
    this.#awake?.cancel();
    void this.#fleet.resumed();
  }
}
