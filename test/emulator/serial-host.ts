import { EventEmitter, once } from 'node:events';
import { SerialPort } from 'serialport';

/** A host that opens a device with the real `serialport`, types octets and waits for what comes back. */
export class SerialHost {
  readonly port: SerialPort;
  readonly #events = new EventEmitter();
  #seen = '';

  private constructor(port: SerialPort) {
    this.port = port;
    port.on('data', (octets: Buffer) => {
      this.#seen += octets.toString('latin1');
      this.#events.emit('seen');
    });
  }

  static async open(path: string): Promise<SerialHost> {
    const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((cause) => (cause ? reject(cause) : resolve())));
    return new SerialHost(port);
  }

  /** Types octets and waits until `end` was seen; all that was seen up to now. */
  async until(octets: string, end: string): Promise<string> {
    this.port.write(Buffer.from(octets, 'latin1'));
    return this.sees(end);
  }

  async sees(end: string): Promise<string> {
    while (!this.#seen.includes(end))
      await once(this.#events, 'seen', { signal: AbortSignal.timeout(60_000) });
    const seen = this.#seen;
    this.#seen = '';
    return seen;
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.port.isOpen ? this.port.close(() => resolve()) : resolve()));
  }
}
