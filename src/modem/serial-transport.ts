import { EventEmitter } from 'node:events';
import { SerialPort } from 'serialport';
import { type Clock, systemClock } from '../clock.ts';
import {
  type OpenTransport,
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportEvents,
} from './transport.ts';

/** A write that the driver does not take in this time goes nowhere: unplugged without a word, or suspended. */
const writeTimeoutMs = 5_000;

/** Opens a serial port: 8N1, no flow control, DTR and RTS on where the port has such lines (a pseudo terminal has none). */
export const openSerialPort: OpenTransport = async (path, { baudRate }) => {
  const port = new SerialPort({ path, baudRate, autoOpen: false, lock: true, hupcl: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(explain(error, path)) : resolve()));
  });
  await new Promise<void>((resolve) => port.set({ dtr: true, rts: true }, () => resolve()));
  return new SerialTransport(port, systemClock);
};

/** A real port behind the `Transport` interface. It stays on the main thread: serialport crashes in a worker. */
class SerialTransport extends EventEmitter<TransportEvents> implements Transport {
  readonly path: string;
  readonly #port: SerialPort;
  readonly #clock: Clock;
  #closed = false;

  constructor(port: SerialPort, clock: Clock) {
    super();
    this.path = port.path;
    this.#port = port;
    this.#clock = clock;
    port.on('data', (octets: Buffer) => this.emit('data', octets.toString('latin1')));
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

  async close(): Promise<void> {
    if (this.#port.isOpen) await new Promise<void>((resolve) => this.#port.close(() => resolve()));
    this.#lost(undefined);
  }

  /** `close` and `error` both come, in either order, or only one of them: what listens hears one. */
  #lost(cause: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#port.isOpen) this.#port.close(() => undefined);
    this.emit('close', cause);
  }
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
