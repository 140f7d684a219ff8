import { ModemError } from './modem-error.ts';

/** Who goes first when the port is free: what arrives before what leaves, and health last. */
const priorities = ['control', 'arrival', 'report', 'send', 'health'] as const;
export type Priority = (typeof priorities)[number];

interface Job {
  readonly rank: number;
  readonly work: () => Promise<void>;
  readonly drop: (error: ModemError) => void;
}

/** More than any modem can have work for: past it, something asks in a loop. */
const mostJobs = 1_000;

/** One job at a time, by priority and then by age. A job that is dropped is rejected, never forgotten. */
export class JobQueue {
  readonly #waiting: Job[] = [];
  #busy = false;

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
      this.#next();
    });
  }

  /** Rejects all that wait; the job that runs is left to end. */
  drop(): void {
    for (const job of this.#waiting.splice(0)) job.drop(new ModemError('cancelled', ''));
  }

  #next(): void {
    if (this.#busy) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#busy = true;
    job.work().finally(() => {
      this.#busy = false;
      this.#next();
    });
  }
}
