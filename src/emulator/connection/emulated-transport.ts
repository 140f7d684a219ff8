import { EventEmitter } from 'node:events';
import { type Transport, TransportError, type TransportEvents } from '../../modem/transport.ts';
import { garbled } from '../at/garble.ts';
import type { ModemPort } from '../ports.ts';

/**
 * Joins an emulated modem to the gateway within one process: the same face as a serial port, no device in between.
 * Octets arrive in a later microtask, in order, so that neither side is called from within its own call. Ends with a
 * cause when the modem loses power; a modem that has none is `absent`.
 */
class EmulatedTransport extends EventEmitter<TransportEvents> implements Transport {
  readonly path: string;
  readonly #modem: ModemPort;
  /** Whether the two sides speak at different rates. */
  #garbles = false;
  #arrived = '';
  #open = true;

  constructor(modem: ModemPort, path: string, baudRate: number | undefined) {
    super();
    this.#modem = modem;
    this.path = path;
    if (baudRate !== undefined) this.#speakAt(baudRate);
  }

  connect(): void {
    this.#modem.opened();
    this.#modem.on('output', this.#take);
    this.#modem.on('power', this.#powerChanged);
    if (!this.#modem.powered) queueMicrotask(() => this.#end(this.#gone()));
  }

  async write(octets: string): Promise<void> {
    if (!this.#open) throw new TransportError('closed', `${this.path} is closed`);
    queueMicrotask(() => {
      if (this.#open) this.#modem.receive(this.#garbles ? garbled(octets) : octets);
    });
  }

  async setBaudRate(baudRate: number): Promise<void> {
    this.#speakAt(baudRate);
  }

  async close(): Promise<void> {
    this.#end(undefined);
  }

  #speakAt(baudRate: number): void {
    this.#garbles = this.#modem.baudRate !== undefined && baudRate !== this.#modem.baudRate;
  }

  readonly #take = (octets: string): void => {
    const first = this.#arrived === '';
    this.#arrived += this.#garbles ? garbled(octets) : octets;
    if (first) queueMicrotask(() => this.#hand());
  };

  readonly #powerChanged = (on: boolean): void => {
    if (!on) this.#end(this.#gone());
  };

  #hand(): void {
    const octets = this.#arrived;
    this.#arrived = '';
    if (this.#open && octets !== '') this.emit('data', octets);
  }

  #gone(): TransportError {
    return new TransportError('absent', `${this.path} is gone: the modem was unplugged`);
  }

  #end(cause: TransportError | undefined): void {
    if (!this.#open) return;
    this.#hand();
    this.#open = false;
    this.#modem.off('output', this.#take);
    this.#modem.off('power', this.#powerChanged);
    this.emit('close', cause);
  }
}

/** A transport to an emulated modem in this process; `path` is what it is called, `baudRate` what the host speaks. */
export function emulatedTransport(modem: ModemPort, path: string, baudRate?: number): Transport {
  const transport = new EmulatedTransport(modem, path, baudRate);
  transport.connect();
  return transport;
}
