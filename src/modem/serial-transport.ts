import { EventEmitter } from 'node:events';
import type { SerialPort } from 'serialport';
import { type Clock, delay, systemClock } from '../clock.ts';
import { PortWatch } from './port-watch.ts';
import {
  type OpenTransport,
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportEvents,
} from './transport.ts';

/** A write that the driver does not take in this time goes nowhere: unplugged without a word, or suspended. */
const writeTimeoutMs = 5_000;

/** A driver that does not let go in this time is not waited for: the next opening tells whether it has. */
const closeTimeoutMs = 5_000;

/** Opens a serial port: 8N1, no flow control, DTR and RTS on where the port has such lines (a pseudo terminal has none). */
export const openSerialPort: OpenTransport = async (path, { baudRate }) => {
  // Loaded only where a port is opened: most commands of the command line never do.
  const serialport = await import('serialport');
  const port = new serialport.SerialPort({ path, baudRate, autoOpen: false, lock: true, hupcl: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(explain(error, path)) : resolve()));
  });
  await new Promise<void>((resolve) => port.set({ dtr: true, rts: true }, () => resolve()));
  const transport = new SerialTransport(port, systemClock);
  await transport.begin();
  return transport;
};

/** A real port behind the `Transport` interface. It stays on the main thread: serialport crashes in a worker. */
class SerialTransport extends EventEmitter<TransportEvents> implements Transport {
  readonly path: string;
  readonly #port: SerialPort;
  readonly #clock: Clock;
  readonly #watch: PortWatch;
  #closing: Promise<void> | undefined;

  constructor(port: SerialPort, clock: Clock) {
    super();
    this.path = port.path;
    this.#port = port;
    this.#clock = clock;
    const askDriver = () =>
      new Promise<string | undefined>((resolve) => port.get((error) => resolve(error?.message)));
    this.#watch = new PortWatch({ path: port.path, askDriver }, clock, (cause) => this.#lost(cause));
    port.on('error', (error) => this.#lost(error));
    port.on('close', (error: Error | null) => this.#lost(error ?? undefined));
  }

  /** serialport never calls back when a port that is already closed is written to, hence the look and the timer. */
  write(octets: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#port.isOpen) return reject(new TransportError('closed', `${this.path} is closed.`));
      const timer = this.#clock.after(writeTimeoutMs, () => {
        reject(new TransportError('stalled', `${this.path} takes no data.`));
      });
      this.#port.write(Buffer.from(octets, 'latin1'), (error) => {
        timer.cancel();
        if (error) reject(new TransportError('closed', `${this.path}: ${error.message}`, { cause: error }));
        else resolve();
      });
    });
  }

  setBaudRate(baudRate: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#port.isOpen) return reject(new TransportError('closed', `${this.path} is closed.`));
      this.#port.update({ baudRate }, (error) => {
        if (!error) return resolve();
        const sentence = `${this.path} does not take ${baudRate} baud: ${error.message}`;
        reject(new TransportError('failed', sentence, { cause: error }));
      });
    });
  }

  /** Notices from now on when the device is gone without a word; octets flow when this is done, and not before. */
  async begin(): Promise<void> {
    await this.#watch.start();
    this.#port.on('data', (octets: Buffer) => this.emit('data', octets.toString('latin1')));
  }

  async close(): Promise<void> {
    this.#lost(undefined);
    await this.#closing;
  }

  /**
   * `close` and `error` both come, in either order, only one of them, or none: what listens hears one. The handle is
   * let go at once, because Linux gives a stick that comes back another name for as long as the old one is held.
   */
  #lost(cause: Error | undefined): void {
    if (this.#closing) return;
    this.#watch.stop();
    this.#closing = release(this.#port, this.#clock);
    this.emit('close', cause);
  }
}

/** Octets that wait are thrown away first: closing a port that takes none waits half a minute for them. */
async function release(port: SerialPort, clock: Clock): Promise<void> {
  const patience = new AbortController();
  const closed = new Promise<void>((resolve) => {
    port.once('close', () => resolve());
    if (!port.isOpen && !port.closing) resolve();
    if (port.isOpen) port.flush(() => port.isOpen && port.close(() => resolve()));
  });
  await Promise.race([closed, delay(clock, closeTimeoutMs, patience.signal)]);
  patience.abort();
}

/** What the operating systems say, sorted by what a person can do. */
const causes: readonly {
  readonly pattern: RegExp;
  readonly code: TransportErrorCode;
  readonly sentence: string;
}[] = [
  {
    pattern: /no such file|not found|enoent|no such device|enxio|enodev/i,
    code: 'absent',
    sentence: 'is not there',
  },
  {
    pattern: /cannot lock|resource (?:busy|temporarily)|ebusy|access denied/i,
    code: 'busy',
    sentence: 'is held by another program',
  },
  {
    pattern: /permission denied|eacces|not permitted/i,
    code: 'forbidden',
    sentence: 'may not be opened by this user',
  },
];

function explain(error: Error, path: string): TransportError {
  const cause = causes.find(({ pattern }) => pattern.test(error.message));
  return new TransportError(
    cause?.code ?? 'failed',
    `${path} ${cause?.sentence ?? `cannot be opened: ${error.message}`}.`,
    {
      cause: error,
    },
  );
}
