import type { OpenDevices } from './open-devices.ts';
import type { UsbPlace } from './profiles/index.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** A port where a modem is, or will be. */
export interface ModemPort {
  readonly path: string;
  readonly baudRate: number;
  /** Where on the USB it is, as far as the system tells; known only once it was opened where a person named it. */
  readonly usb?: UsbPlace | undefined;
  /** It was found before that this port tells nothing of what arrives. */
  readonly deaf?: boolean;
  readonly emulated: boolean;
  readonly open: OpenTransport;
}

/** So much of what is said between two channels is kept: some hundred texts. In octets. */
const mostUnheard = 65_536;

/** The one handle on a port: it may be kept from one session to the next, and is never held twice. */
export class PortHandle {
  readonly #port: ModemPort;
  readonly #devices: OpenDevices;
  #transport: Transport | undefined;
  #letGo: (() => void) | undefined;
  /** Settles when the port that was open last is closed. */
  #closed: Promise<void> = Promise.resolve();
  #unheard = '';
  readonly #keep = (octets: string): void => {
    this.#unheard = (this.#unheard + octets).slice(-mostUnheard);
  };

  constructor(port: ModemPort, devices: OpenDevices) {
    this.#port = port;
    this.#devices = devices;
  }

  /** Opens the port, unless it is open; one that is still being closed is waited for. Rejects with a `TransportError`. */
  async open(): Promise<Transport> {
    if (this.#transport) return this.#transport;
    const { path, baudRate } = this.#port;
    const letGo = await this.#devices.reserve(path);
    const transport = await this.#port.open(path, { baudRate }).catch((error: unknown) => {
      letGo();
      throw error;
    });
    this.#transport = transport;
    this.#letGo = letGo;
    transport.once('close', () => this.#forget(transport));
    return transport;
  }

  /** A transport tells of its end before the system has let go of the port. */
  #forget(transport: Transport | undefined): void {
    if (!transport || this.#transport !== transport) return;
    const letGo = this.#letGo;
    this.#transport = undefined;
    this.#letGo = undefined;
    this.#closed = transport.close().then(letGo);
  }

  /** From now on what the modem says is kept for the next channel: there is none at present. */
  keepHearing(): void {
    this.#transport?.off('data', this.#keep);
    this.#transport?.on('data', this.#keep);
  }

  /** What the modem said while there was no channel. */
  takeUnheard(): string {
    this.#transport?.off('data', this.#keep);
    const unheard = this.#unheard;
    this.#unheard = '';
    return unheard;
  }

  /** Resolves when the port could be opened by another. */
  async close(): Promise<void> {
    const transport = this.#transport;
    await transport?.close();
    // One that was pulled out while its rate was looked for has told of its end before anyone listened here.
    this.#forget(transport);
    await this.#closed;
  }
}
