import type { Clock, Timer } from '../clock.ts';

interface Awaited {
  readonly timer: Timer;
  readonly settle: (status: number | undefined) => void;
}

/** Requests that the client has not answered yet, at most `size` at once. */
export class ReplyWindow {
  readonly #awaited = new Map<number, Awaited>();
  readonly #clock: Clock;
  readonly #size: number;
  readonly #overdue: () => void;

  /** @param overdue called when an answer does not come within `withinMs` of its request */
  constructor(clock: Clock, size: number, overdue: () => void) {
    this.#clock = clock;
    this.#size = size;
    this.#overdue = overdue;
  }

  get room(): number {
    return this.#size - this.#awaited.size;
  }

  /** The status of the answer to the request with this sequence number; undefined once `abandon` was called. */
  reply(sequence: number, withinMs: number): Promise<number | undefined> {
    return new Promise((settle) => {
      this.#awaited.set(sequence, { timer: this.#clock.after(withinMs, this.#overdue), settle });
    });
  }

  /** An answer came; those that nobody waits for change nothing. */
  answered(sequence: number, status: number): void {
    const awaited = this.#awaited.get(sequence);
    if (!awaited) return;
    this.#awaited.delete(sequence);
    awaited.timer.cancel();
    awaited.settle(status);
  }

  /** No answer can come any more. */
  abandon(): void {
    for (const { timer, settle } of this.#awaited.values()) {
      timer.cancel();
      settle(undefined);
    }
    this.#awaited.clear();
  }
}
