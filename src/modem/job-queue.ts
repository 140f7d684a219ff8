import type { Clock } from '../clock.ts';
import { ModemError } from './modem-error.ts';

/** Who goes first when the port is free: what arrives before what leaves, and health last. */
const priorities = ['control', 'arrival', 'report', 'send', 'health'] as const;
export type Priority = (typeof priorities)[number];
const sendRank = priorities.indexOf('send');
const healthRank = priorities.indexOf('health');

/** While texts wait, health gets this share of the time: after 10 ms of it the texts have a second to themselves. */
const healthShare = 0.01;
/** However short a job for health was, the texts have so long to themselves: it lengthens the pause of only one of them. */
const leastHealthPauseMs = 3_000;

interface Job {
  readonly rank: number;
  readonly work: () => Promise<void>;
  readonly drop: (error: ModemError) => void;
}

/** More than any modem can have work for: past it, something asks in a loop. */
const mostJobs = 1_000;

/**
 * One job at a time, by priority and then by age; a queue of texts that never ends does not keep health out. A job that
 * is dropped is rejected, never forgotten.
 */
export class JobQueue {
  readonly #clock: Clock;
  readonly #waiting: Job[] = [];
  #busy = false;
  /** Set while no text may begin; told of each that waits. */
  #onHeldSend: (() => void) | undefined;
  /** From when on a job for health may go before a text that waits: monotonic milliseconds. */
  #healthDueAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Settles as `work` does, once it had its turn; rejects with `cancelled` when it is dropped before. */
  add<Result>(priority: Priority, work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= mostJobs) return reject(new ModemError('cancelled', ''));
      const rank = priorities.indexOf(priority);
      const place = this.#waiting.findIndex((other) => other.rank > rank);
      const job: Job = { rank, work: () => work().then(resolve, reject), drop: reject };
      this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, job);
      if (rank === sendRank) this.#onHeldSend?.();
      this.#next();
    });
  }

  /** Lets no text begin until `letSendsGo`; `told` is called for each that waits meanwhile. */
  holdSends(told: () => void): void {
    this.#onHeldSend = told;
    if (this.#waiting.some(({ rank }) => rank === sendRank)) told();
  }

  letSendsGo(): void {
    this.#onHeldSend = undefined;
    this.#next();
  }

  /** Rejects all that wait; the job that runs is left to end. */
  drop(): void {
    for (const job of this.#waiting.splice(0)) job.drop(new ModemError('cancelled', ''));
  }

  #next(): void {
    if (this.#busy) return;
    const job = this.#take();
    if (!job) return;
    this.#busy = true;
    const startedAt = this.#clock.monotonic();
    job.work().finally(() => {
      this.#busy = false;
      if (job.rank === healthRank) this.#paceHealth(startedAt);
      this.#next();
    });
  }

  #take(): Job | undefined {
    const place = this.#placeOfNext();
    return place < 0 ? undefined : this.#waiting.splice(place, 1)[0];
  }

  #placeOfNext(): number {
    const held = this.#onHeldSend !== undefined;
    const first = this.#waiting.findIndex(({ rank }) => !held || rank !== sendRank);
    const isSend = this.#waiting[first]?.rank === sendRank;
    if (!isSend || this.#clock.monotonic() < this.#healthDueAt) return first;
    const due = this.#waiting.findIndex(({ rank }) => rank === healthRank);
    return due < 0 ? first : due;
  }

  #paceHealth(startedAt: number): void {
    const now = this.#clock.monotonic();
    this.#healthDueAt = now + Math.max((now - startedAt) / healthShare, leastHealthPauseMs);
  }
}
