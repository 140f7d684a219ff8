import type { Clock, Timer } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { AttemptRecord, DeliveryStore } from '../store/delivery-store.ts';

interface Waiting {
  readonly record: AttemptRecord;
  readonly written: () => void;
}

/** A disk that takes nothing is tried again after this. */
const tryAgainMs = 2_000;

/** Writes down what became of attempts; those that end in one turn of the event loop share one commit. */
export class AttemptWriter {
  readonly #deliveries: Pick<DeliveryStore, 'record'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #waiting: Waiting[] = [];
  #scheduled = false;
  #retry: Timer | undefined;

  constructor(deliveries: Pick<DeliveryStore, 'record'>, clock: Clock, log: Logger) {
    this.#deliveries = deliveries;
    this.#clock = clock;
    this.#log = log;
  }

  /** Resolves when the attempt is on disk. */
  write(record: AttemptRecord): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ record, written: resolve });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Writes now what waits to be written. */
  flush(): void {
    this.#retry?.cancel();
    this.#scheduled = false;
    if (this.#waiting.length === 0) return;
    try {
      this.#deliveries.record(this.#waiting.map(({ record }) => record));
    } catch (error) {
      this.#log.error({ err: error }, 'What became of deliveries to webhooks could not be written down');
      this.#scheduled = true;
      this.#retry = this.#clock.after(tryAgainMs, () => this.flush());
      return;
    }
    for (const { written } of this.#waiting.splice(0)) written();
  }

  stop(): void {
    this.#retry?.cancel();
  }
}
