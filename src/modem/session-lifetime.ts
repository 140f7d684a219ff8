import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import { Obstacle } from './obstacle.ts';

/**
 * From the opening of a channel to its loss: what ends a session, and what is done again and again until then. A
 * session that is lost while it is brought up may still come to begin something: nothing of that is done any more.
 */
export class SessionLifetime {
  readonly #channel: AtChannel;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #controller = new AbortController();
  readonly #timers = new Set<Timer>();

  constructor(channel: AtChannel, clock: Clock, log: Logger) {
    this.#channel = channel;
    this.#clock = clock;
    this.#log = log;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Rejects when the channel is lost: nothing that was being done on it can go on. */
  untilEnd(): Promise<never> {
    return new Promise((_, reject) => {
      this.#channel.once('closed', (cause) => reject(cause ?? new ModemError('closed', '')));
      this.#channel.once('stalled', () => reject(new ModemError('timeout', 'AT')));
      this.signal.addEventListener('abort', () => reject(this.signal.reason));
    });
  }

  /** Gives the channel up, for `reason`. */
  end(reason: Error): void {
    this.#channel.abandon('restarted');
    this.#controller.abort(reason);
  }

  /** Lets go of all that was still to be done. */
  close(): void {
    this.#controller.abort();
    for (const timer of this.#timers) timer.cancel();
  }

  /** Does `work` at an interval that is asked for anew each time; it never overlaps with itself. */
  every(intervalMs: () => number, work: () => Promise<void>): void {
    if (this.signal.aborted) return;
    const timer = this.#clock.after(intervalMs(), () => {
      this.#timers.delete(timer);
      this.inBackground(work).then(() => this.every(intervalMs, work));
    });
    this.#timers.add(timer);
  }

  /** Does `work` once, after `delayMs`. */
  after(delayMs: number, work: () => Promise<void>): void {
    if (this.signal.aborted) return;
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      void this.inBackground(work);
    });
    this.#timers.add(timer);
  }

  /** What fails here is not lost: the next sweep or sample does it again, and a dead channel ends the session. */
  inBackground(work: () => Promise<void>): Promise<void> {
    return work().catch((error: unknown) => {
      if (error instanceof Obstacle) return this.end(error);
      if (!this.signal.aborted) this.#log.warn({ err: error }, 'modem chore failed');
    });
  }
}
