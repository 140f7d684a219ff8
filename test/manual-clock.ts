import type { Clock, Timer } from '../src/clock.ts';
import { socketsAtRest } from './sockets-at-rest.ts';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/** A clock whose hands a test turns: nothing moves until `advance` is awaited. */
export class ManualClock implements Clock {
  #now: number;
  #monotonic = 0;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(now = Date.UTC(2026, 5, 8, 13, 30, 6)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(delayMs: number, action: () => void): Timer {
    const waiting = { at: this.#monotonic + Math.max(delayMs, 0), order: this.#order++, action };
    this.#waiting.add(waiting);
    return { cancel: () => this.#waiting.delete(waiting) };
  }

  /** Sets the wall clock by so much, forward or back, as a person or the network may; no time passes. */
  shift(byMs: number): void {
    this.#now += byMs;
  }

  /** Lets `ms` milliseconds pass, running what falls due in order and letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await settle();
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#waiting.delete(next);
      this.#moveTo(next.at);
      next.action();
      await settle();
    }
    this.#moveTo(end);
  }

  /** Lets time pass until the next thing falls due, for at most `limitMs`; how much that was. */
  async step(limitMs: number): Promise<number> {
    await settle();
    const before = this.#monotonic;
    const next = this.#nextUntil(before + limitMs);
    await this.advance((next?.at ?? before + limitMs) - before);
    return this.#monotonic - before;
  }

  #nextUntil(end: number): Waiting | undefined {
    let next: Waiting | undefined;
    for (const waiting of this.#waiting) if (waiting.at <= end && isBefore(waiting, next)) next = waiting;
    return next;
  }

  #moveTo(monotonic: number): void {
    this.#now += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}

/** Whether it falls due before the other one; of two at the same time the one that was set first. */
function isBefore(one: Waiting, other: Waiting | undefined): boolean {
  return other === undefined || one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Lets the event loop turn until promises, in-process streams and sockets have had their say. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  await socketsAtRest();
}
