import type { Clock, Timer } from '../clock.ts';
import type { Stores } from './stores.ts';

const pruneEveryMs = 3_600_000;

/** Forgets from time to time what is kept for some time only: answers to repeated requests, and the audit's oldest. */
export class Pruning {
  readonly #stores: Pick<Stores, 'idempotency' | 'audit'>;
  readonly #clock: Clock;
  #timer: Timer | undefined;

  constructor(stores: Pick<Stores, 'idempotency' | 'audit'>, clock: Clock) {
    this.#stores = stores;
    this.#clock = clock;
  }

  start(): void {
    this.#stores.idempotency.prune(this.#clock.now());
    this.#stores.audit.prune();
    this.#timer = this.#clock.after(pruneEveryMs, () => this.start());
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
