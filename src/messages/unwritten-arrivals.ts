import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { StoreErrorCode } from '../store/store-error.ts';
import type { InboundArrival } from './inbox.ts';

/** What the disk has not taken of the arrivals of one SIM. */
export interface Unwritten {
  readonly waiting: number;
  /** Texts and reports that came when no more could wait. */
  readonly lost: number;
}

/** Some 400 KB of PDUs: more than one modem brings in an hour. */
const mostWaiting = 1_000;
const againMs = 5_000;

/**
 * Texts and reports that a modem hands over and keeps nowhere (+CMT, +CDS), while the disk does not take them: they wait
 * here, a bounded number of them, and are written when it does. What comes when no more can wait is counted as lost.
 * None of them counts as kept, so that what the network wants acknowledged is not, and comes again.
 */
export class UnwrittenArrivals {
  readonly #keep: (arrival: InboundArrival) => boolean;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Called when the first begins to wait, when one is lost, and when the last is written. */
  readonly #changed: () => void;
  readonly #waiting: InboundArrival[] = [];
  /** By SIM. */
  readonly #lost = new Map<number, number>();
  #timer: Timer | undefined;

  constructor(keep: (arrival: InboundArrival) => boolean, clock: Clock, log: Logger, changed: () => void) {
    this.#keep = keep;
    this.#clock = clock;
    this.#log = log;
    this.#changed = changed;
  }

  /** Whether anything waits for the disk. */
  get any(): boolean {
    return this.#waiting.length > 0;
  }

  of(simId: number): Unwritten {
    const waiting = this.#waiting.filter((arrival) => arrival.simId === simId).length;
    return { waiting, lost: this.#lost.get(simId) ?? 0 };
  }

  /**
   * Keeps an arrival, as `Inbox.take` does, behind those that wait. Throws what the disk has against it; what lies on no
   * modem then waits here.
   */
  take(arrival: InboundArrival): boolean {
    if (this.any) this.#write();
    try {
      return this.#keep(arrival);
    } catch (error) {
      if (arrival.storage === '') this.#hold(arrival, error);
      throw error;
    }
  }

  /** Writes what the disk takes now; what it does not take is lost with the program, and told of. */
  stop(): void {
    this.#timer?.cancel();
    this.#write();
    this.#timer?.cancel();
    if (this.any)
      this.#log.error({ count: this.#waiting.length }, 'arrivals that the disk never took are lost');
  }

  #hold(arrival: InboundArrival, error: unknown): void {
    if (this.#isWaiting(arrival)) return;
    if (this.#waiting.length >= mostWaiting) return this.#lose(arrival.simId);
    this.#waiting.push(arrival);
    if (this.#waiting.length > 1) return;
    this.#log.error(
      { err: error },
      'the disk does not take what a modem brings: it waits in memory, and nothing is sent meanwhile',
    );
    this.#later();
    this.#changed();
  }

  /** The network repeats what was not acknowledged. */
  #isWaiting({ simId, pdu, anew }: InboundArrival): boolean {
    return !anew && this.#waiting.some((other) => other.simId === simId && other.pdu === pdu);
  }

  #lose(simId: number): void {
    const lost = (this.#lost.get(simId) ?? 0) + 1;
    this.#lost.set(simId, lost);
    this.#log.error(
      { simId, lost },
      `an arrival is lost: the disk does not take it, and ${mostWaiting} wait in memory already`,
    );
    this.#changed();
  }

  #later(): void {
    this.#timer = this.#clock.after(againMs, () => this.#write());
  }

  /**
   * In the order in which they came. One that is refused for itself keeps back no other; a store that takes nothing is
   * not asked for each of them.
   */
  #write(): void {
    this.#timer?.cancel();
    const former = this.#waiting.splice(0);
    for (const [place, arrival] of former.entries()) {
      const error = this.#errorOf(arrival);
      if (error === undefined) continue;
      this.#waiting.push(arrival);
      if (!takesNothing(error)) continue;
      this.#waiting.push(...former.slice(place + 1));
      break;
    }
    if (this.any) return this.#later();
    if (former.length === 0) return;
    this.#log.warn({ count: former.length }, 'the disk took the arrivals that waited in memory');
    this.#changed();
  }

  /** What is against keeping it; undefined once it is kept. */
  #errorOf(arrival: InboundArrival): unknown {
    try {
      this.#keep(arrival);
      return undefined;
    } catch (error) {
      return error ?? new Error('refused');
    }
  }
}

/** Whether it says that the store takes nothing at all now. */
function takesNothing(error: unknown): boolean {
  const codes: readonly unknown[] = ['locked', 'unwritable', 'corrupt'] satisfies StoreErrorCode[];
  return codes.includes((error as { readonly code?: unknown }).code);
}
