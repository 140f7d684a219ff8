import { type Clock, delay } from '../../clock.ts';
import type { Transport } from '../transport.ts';

/** More than any answer of a probe; what is older is dropped. */
const mostOctets = 4_096;

/** Listens on an open port before anything owns it. */
export class PortEar {
  readonly #transport: Transport;
  readonly #clock: Clock;
  #heard = '';
  #onChange: (() => void) | undefined;
  #closed = false;

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  start(): void {
    this.#transport.on('data', this.#onData);
    this.#transport.on('close', this.#onClose);
  }

  stop(): void {
    this.#transport.off('data', this.#onData);
    this.#transport.off('close', this.#onClose);
  }

  /** What came since the last command. */
  get heard(): string {
    return this.#heard;
  }

  /** The port went away. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Writes octets and waits until what comes fits, for at most `limitMs`; what `fits` made of it. */
  async ask<Answer>(
    octets: string,
    fits: (heard: string) => Answer | undefined,
    limitMs: number,
  ): Promise<Answer | undefined> {
    this.#heard = '';
    await this.#transport.write(octets).catch(() => this.#onClose());
    return this.until(fits, limitMs);
  }

  /** Waits until what comes fits, for at most `limitMs`. */
  async until<Answer>(
    fits: (heard: string) => Answer | undefined,
    limitMs: number,
  ): Promise<Answer | undefined> {
    const patience = new AbortController();
    this.#onChange = () => {
      if (this.#closed || fits(this.#heard) !== undefined) patience.abort();
    };
    this.#onChange();
    await delay(this.#clock, limitMs, patience.signal);
    patience.abort();
    this.#onChange = undefined;
    return fits(this.#heard);
  }

  readonly #onData = (octets: string): void => {
    this.#heard = (this.#heard + octets).slice(-mostOctets);
    this.#onChange?.();
  };

  readonly #onClose = (): void => {
    this.#closed = true;
    this.#onChange?.();
  };
}
