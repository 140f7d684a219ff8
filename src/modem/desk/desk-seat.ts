import { type Clock, delay } from '../../clock.ts';
import type { Command } from '../../gsm/at/commands.ts';
import type { AtChannel } from '../at-channel.ts';
import type { Changes } from '../console/judgement.ts';
import type { UssdWishes } from '../ussd/wishes.ts';

/** A modem that listens, from when its channel is in step until it is lost. */
export interface DeskSeat {
  readonly channel: AtChannel;
  readonly ussd: UssdWishes;
  /** Looks, or sets up anew, what a person may have changed. */
  readonly recheck: (changes: Changes) => void;
  /** The ways to restart it, the gentlest first. */
  readonly resets: () => readonly Command<void>[];
  /** It starts anew now: all that was set up is gone. */
  readonly restarting: () => void;
}

/** Nobody sits in the modem's seat: it is away, or its port is closed. */
export class ModemAwayError extends Error {
  readonly code = 'away';

  constructor() {
    super('The modem does not answer. See what is wrong with it, or try again when it is there.');
    this.name = 'ModemAwayError';
  }
}

/** So long a person waits for a modem whose port is opened only now. */
const patienceMs = 15_000;

/** The seat at a desk: whoever wants something of the modem waits here until it sits down. */
export class SeatQueue {
  readonly #clock: Clock;
  readonly #wake: () => void;
  readonly #waiting = new Set<(seat: DeskSeat) => void>();
  #seat: DeskSeat | undefined;

  /** @param wake opens a port that rests between two attempts */
  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** A modem listens: what waited for it is done first. */
  take(seat: DeskSeat): void {
    this.#seat = seat;
    for (const serve of [...this.#waiting]) serve(seat);
  }

  leave(): void {
    this.#seat = undefined;
  }

  /** The modem, at once or within the patience of a person. Rejects with a `ModemAwayError`. */
  seated(): Promise<DeskSeat> {
    if (this.#seat) return Promise.resolve(this.#seat);
    const { promise, resolve, reject } = Promise.withResolvers<DeskSeat>();
    const patience = new AbortController();
    const serve = (seat: DeskSeat) => {
      this.#waiting.delete(serve);
      patience.abort();
      resolve(seat);
    };
    this.#waiting.add(serve);
    this.#wake();
    void delay(this.#clock, patienceMs, patience.signal).then(() => {
      if (this.#waiting.delete(serve)) reject(new ModemAwayError());
    });
    return promise;
  }
}
