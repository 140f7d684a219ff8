import { type Clock, delay } from '../clock.ts';
import { deviceChange } from './port-watch.ts';

/** In longer pauses than this the port is watched. */
const longMs = 1_000;

/** The pauses of one modem: each ends early when the modem is wanted, or something is plugged in or out at its port. */
export class Pause {
  readonly #path: string;
  readonly #clock: Clock;
  #wake = new AbortController();

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  async of(ms: number): Promise<void> {
    const wake = new AbortController();
    this.#wake = wake;
    if (ms > longMs) void deviceChange(this.#path, this.#clock, wake.signal).then(() => wake.abort());
    await delay(this.#clock, ms, wake.signal);
    wake.abort();
  }

  end(): void {
    this.#wake.abort();
  }
}
