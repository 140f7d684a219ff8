import type { Clock, Timer } from '../clock.ts';
import type { EventType } from '../contract/event.ts';
import type { Logger } from '../log.ts';

type Keep = (type: EventType, data: object) => unknown;

/** More than modems come to tell while a person makes room on a disk. */
const mostWaiting = 500;
const againMs = 5_000;

/** Records events of modems; those that the disk does not take now are recorded later, in their order. */
export class EventBacklog {
  readonly #keep: Keep;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #waiting: { readonly type: EventType; readonly data: object }[] = [];
  #timer: Timer | undefined;

  constructor(keep: Keep, clock: Clock, log: Logger) {
    this.#keep = keep;
    this.#clock = clock;
    this.#log = log;
  }

  record(type: EventType, data: object): void {
    this.#waiting.push({ type, data });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
    if (!this.#timer) this.#write();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #write(): void {
    this.#timer = undefined;
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        this.#keep(next.type, next.data);
        this.#waiting.shift();
      }
    } catch (error) {
      this.#log.warn(
        { err: error, waiting: this.#waiting.length },
        'events of modems cannot be written down now',
      );
      this.#timer = this.#clock.after(againMs, () => this.#write());
    }
  }
}
