import type { Clock, Timer } from '../clock.ts';

/** A SIM that was lost so often in so long comes and goes; then it must stay for a while before it sends again. */
const lossesToHold = 5;
const withinMs = 300_000;
const stayMs = 15_000;

/** More SIMs than one machine holds. */
const mostSims = 1_000;

/**
 * Keeps a stick that comes and goes every second from moving its queue to and fro as often: each move is written to the
 * disk, for every text that waits.
 */
export class FlapGuard {
  readonly #clock: Clock;
  readonly #onStay: (simId: number) => void;
  /** Times of the losses, monotonic, by SIM. */
  readonly #losses = new Map<number, number[]>();
  readonly #held = new Map<number, Timer>();

  /** `onStay` is called with a SIM that has stayed for long enough. */
  constructor(clock: Clock, onStay: (simId: number) => void) {
    this.#clock = clock;
    this.#onStay = onStay;
  }

  /** Whether the SIM has to stay a while yet. */
  holds(simId: number): boolean {
    return this.#held.has(simId);
  }

  /** The SIM is there. */
  came(simId: number): void {
    if (this.#held.has(simId) || this.#recent(simId).length < lossesToHold) return;
    const timer = this.#clock.after(stayMs, () => {
      this.#held.delete(simId);
      this.#onStay(simId);
    });
    this.#held.set(simId, timer);
  }

  /** The SIM is gone, by the order of a person or not. */
  went(simId: number, ordered = false): void {
    this.#release(simId);
    if (ordered) return;
    const losses = [...this.#recent(simId), this.#clock.monotonic()].slice(-lossesToHold);
    this.#losses.delete(simId);
    const [oldest] = this.#losses.keys();
    if (oldest !== undefined && this.#losses.size >= mostSims) this.#losses.delete(oldest);
    this.#losses.set(simId, losses);
  }

  stop(): void {
    for (const simId of [...this.#held.keys()]) this.#release(simId);
  }

  #release(simId: number): void {
    this.#held.get(simId)?.cancel();
    this.#held.delete(simId);
  }

  #recent(simId: number): readonly number[] {
    const now = this.#clock.monotonic();
    return (this.#losses.get(simId) ?? []).filter((at) => now - at < withinMs);
  }
}
