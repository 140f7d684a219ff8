import { formatTimestamp } from '../contract/message.ts';
import type { QueueState } from '../contract/queue.ts';
import type { During } from './batch-course.ts';
import type { RestoreHold } from './restore-hold.ts';
import type { SteadyClock } from './steady-clock.ts';

/** What a person is asked to decide about the queue as a whole, and deciding it. */
export class QueueDesk {
  readonly #hold: RestoreHold;
  readonly #clock: SteadyClock;

  constructor(hold: RestoreHold, clock: SteadyClock) {
    this.#hold = hold;
    this.#clock = clock;
  }

  state(): QueueState {
    const { held, waiting } = this.#hold;
    const { doubt } = this.#clock;
    const texts = waiting === 1 ? '1 text' : `${waiting} texts`;
    const message = `A backup was restored. ${texts} had not come to an end when it was made, and may have been sent since. Nothing leaves until you release or discard what waited.`;
    return {
      held: held ? { since: formatTimestamp(held.since), waiting, message } : null,
      clock: doubt ? { since: formatTimestamp(doubt.since), message: doubt.sentence } : null,
    };
  }

  /** Lets the texts of a restored backup leave. */
  release(during: During): void {
    during(() => this.#hold.release());
  }

  /** Fails them; they have failed when this resolves. `during` writes down who decided it, with the first of them. */
  discard(during: During): Promise<void> {
    return this.#hold.discard(during);
  }

  believeClock(during: During): void {
    during(() => this.#clock.believe());
  }
}
