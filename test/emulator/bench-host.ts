import { EventEmitter, once } from 'node:events';
import type { ModemPort } from '../../src/emulator/index.ts';

/** A host on a modem's line that types octets and sees octets. */
export class BenchHost {
  readonly modem: ModemPort;
  readonly #events = new EventEmitter();
  #seen = '';

  constructor(modem: ModemPort) {
    this.modem = modem;
    modem.on('output', (octets) => {
      this.#seen += octets;
      this.#events.emit('seen');
    });
  }

  /** Everything seen since it was last taken. */
  take(): string {
    const seen = this.#seen;
    this.#seen = '';
    return seen;
  }

  /** Types octets and takes what comes back at once. */
  type(octets: string): string {
    this.modem.receive(octets);
    return this.take();
  }

  /** Types octets and waits until `end` was seen. */
  async until(octets: string, end: string | RegExp): Promise<string> {
    this.modem.receive(octets);
    return this.sees(end);
  }

  /** Waits until `end` was seen; all that was seen up to now. */
  async sees(end: string | RegExp): Promise<string> {
    const found = () => (typeof end === 'string' ? this.#seen.includes(end) : end.test(this.#seen));
    while (!found()) await once(this.#events, 'seen', { signal: AbortSignal.timeout(60_000) });
    return this.take();
  }
}
