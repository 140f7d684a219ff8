import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { DeliveryStore, DueDelivery } from '../store/delivery-store.ts';
import type { HostSlots } from './host-slots.ts';

/** So many of what is due are in memory, however many wait in the database. */
const windowSize = 64;
/** Requests under way to one webhook while it answers, and while it does not. */
const mostAtOnce = 4;
/** After so many failures in a row the next attempt, of whatever delivery, waits up to this long. */
const longestRestMs = 5_000;
const restStepMs = 1_000;
/** A disk that cannot be read is tried again after this. */
const troublePauseMs = 5_000;

/** What became of an attempt, as far as the lane minds. */
export type Verdict = 'answered' | 'failed';

interface LaneContext {
  readonly webhookId: string;
  /** Host and port, as they share what may be under way. */
  readonly host: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly deliveries: Pick<DeliveryStore, 'due' | 'nextDueAt' | 'isWaiting'>;
  readonly slots: HostSlots;
  /** What is under way to the webhook, also out of the lane that it had before it was changed. */
  readonly underWay: Set<number>;
  /** Makes one attempt and writes down what became of it. Rejects where the disk cannot be read. */
  readonly attempt: (delivery: DueDelivery) => Promise<Verdict>;
  /** Called when an attempt has ended and a slot of the host is free again. */
  readonly freed: (host: string) => void;
}

/**
 * The deliveries to one webhook:
 *
 *   database --due--> window (bounded) --slots of the host--> attempts under way --> written down
 *
 * A receiver that fails is asked one thing at a time and given a rest in between, so that a long queue for a dead one
 * costs next to nothing; the first answer ends that.
 */
export class Lane {
  readonly host: string;
  readonly #context: LaneContext;
  readonly #underWay: Set<number>;
  #window: DueDelivery[] = [];
  #failures = 0;
  #restUntil = 0;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(context: LaneContext) {
    this.host = context.host;
    this.#context = context;
    this.#underWay = context.underWay;
  }

  /** Begins as many attempts as may be under way now, and comes back by itself when the next falls due. */
  pump(): void {
    if (this.#stopped) return;
    this.#timer?.cancel();
    const { clock, log } = this.#context;
    const rest = this.#restUntil - clock.monotonic();
    if (rest > 0) {
      this.#timer = clock.after(rest, () => this.pump());
      return;
    }
    try {
      this.#begin();
    } catch (error) {
      log.warn({ err: error }, 'Deliveries to a webhook could not be read');
      this.#timer = clock.after(troublePauseMs, () => this.pump());
    }
  }

  /** Nothing new is begun. */
  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #begin(): void {
    const { slots } = this.#context;
    while (this.#underWay.size < (this.#failures > 0 ? 1 : mostAtOnce)) {
      const giveBack = slots.take(this.host, this.#failures > 0); // asked first: it costs nothing, the database does
      if (!giveBack) break;
      const delivery = this.#nextOr(giveBack);
      if (!delivery) break;
      void this.#run(delivery, giveBack);
    }
    if (this.#window.length === 0) this.#awaitDue();
  }

  /** What can be tried now; where there is nothing, or it cannot be read, the slot is given back. */
  #nextOr(giveBack: () => void): DueDelivery | undefined {
    let delivery: DueDelivery | undefined;
    try {
      delivery = this.#next() ? this.#window.shift() : undefined;
    } finally {
      if (!delivery) giveBack();
    }
    return delivery;
  }

  async #run(delivery: DueDelivery, giveBack: () => void): Promise<void> {
    const { clock, log, attempt, freed } = this.#context;
    this.#underWay.add(delivery.seq);
    const verdict = await attempt(delivery).catch((error: unknown) => {
      log.warn({ err: error }, 'A delivery to a webhook could not be tried');
      return 'failed' as const;
    });
    this.#underWay.delete(delivery.seq);
    giveBack();
    this.#failures = verdict === 'answered' ? 0 : this.#failures + 1;
    const restMs = Math.min((this.#failures - 1) * restStepMs, longestRestMs);
    if (this.#failures > 1) this.#restUntil = clock.monotonic() + restMs;
    freed(this.host);
  }

  /** Whether something can be tried now; it is the first in the window then. */
  #next(): boolean {
    const { deliveries } = this.#context;
    for (;;) {
      const [first] = this.#window;
      if (first && deliveries.isWaiting(first.seq)) return true;
      if (first) this.#window.shift();
      else if (!this.#refill()) return false;
    }
  }

  #refill(): boolean {
    const { webhookId, clock, deliveries } = this.#context;
    const due = deliveries.due(webhookId, clock.now(), windowSize + this.#underWay.size);
    this.#window = due.filter(({ seq }) => !this.#underWay.has(seq));
    return this.#window.length > 0;
  }

  #awaitDue(): void {
    const { webhookId, clock, deliveries } = this.#context;
    const at = deliveries.nextDueAt(webhookId, clock.now());
    if (at !== undefined) this.#timer = clock.after(at - clock.now(), () => this.pump());
  }
}
