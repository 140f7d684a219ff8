import type { Clock, Timer } from '../../clock.ts';
import type { Acceptance, Arrival, Subscriber } from './subscriber.ts';

/** Something held for a SIM, and who is to be told how it ended. */
export interface Held {
  /** Made when it leaves, because it says whether more are waiting. */
  readonly arrival: (more: boolean) => Arrival;
  readonly ended: (how: 'delivered' | 'expired') => void;
  /** Clock time after which the network gives up. */
  readonly expiresAt: number;
}

const longestQueue = 10_000;

/**
 * What the network holds for one SIM, first in, first out and one at a time: it waits while the SIM is away or its
 * memory is full, and is sent again when it was not acknowledged.
 */
export class ArrivalQueue {
  readonly #clock: Clock;
  readonly #retryMs: number;
  readonly #held: Held[] = [];
  #subscriber: Subscriber | undefined;
  #underWay = false;
  #memoryFull = false;
  #retry: Timer | undefined;

  constructor(clock: Clock, retryMs: number) {
    this.#clock = clock;
    this.#retryMs = retryMs;
  }

  get length(): number {
    return this.#held.length;
  }

  /** The modem that the SIM is registered in; undefined while it is away. */
  get subscriber(): Subscriber | undefined {
    return this.#subscriber;
  }

  attach(subscriber: Subscriber): void {
    this.#subscriber = subscriber;
    this.memoryAvailable();
  }

  detach(subscriber: Subscriber): void {
    if (this.#subscriber === subscriber) this.#subscriber = undefined;
  }

  /** False when the network already holds as much as it can for this SIM. */
  add(held: Held): boolean {
    if (this.#held.length >= longestQueue) return false;
    this.#held.push(held);
    this.#next();
    return true;
  }

  /** The modem has room again. */
  memoryAvailable(): void {
    this.#memoryFull = false;
    this.#next();
  }

  close(): void {
    this.#retry?.cancel();
    this.#held.length = 0;
  }

  #next(): void {
    while (this.#subscriber && !this.#underWay && !this.#memoryFull) {
      this.#expire();
      const first = this.#held[0];
      if (!first) return;
      this.#underWay = true;
      const acceptance = this.#subscriber.arrive(first.arrival(this.#held.length > 1));
      if (acceptance instanceof Promise) {
        void acceptance.then((answer) => this.#answeredLater(first, answer));
        return;
      }
      this.#answered(first, acceptance);
    }
  }

  #answered(first: Held, acceptance: Acceptance): void {
    this.#underWay = false;
    if (acceptance === 'accepted') {
      this.#held.shift();
      first.ended('delivered');
      return;
    }
    this.#memoryFull = true;
    this.#retry?.cancel();
    this.#retry = this.#clock.after(this.#retryMs, () => this.memoryAvailable());
  }

  /** The next one takes its way through the air: it does not overtake the modem's answer to the acknowledgement. */
  #answeredLater(first: Held, acceptance: Acceptance): void {
    this.#clock.after(0, () => {
      this.#answered(first, acceptance);
      this.#next();
    });
  }

  #expire(): void {
    const now = this.#clock.now();
    for (let first = this.#held[0]; first && first.expiresAt <= now; first = this.#held[0]) {
      this.#held.shift();
      first.ended('expired');
    }
  }
}
