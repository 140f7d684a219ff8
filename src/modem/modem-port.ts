import type { OpenDevices } from './open-devices.ts';
import type { UsbPlace } from './profiles/index.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** A port where a modem is, or will be. */
export interface ModemPort {
  readonly path: string;
  readonly baudRate: number;
  /** Where on the USB it is, as far as the system tells. */
  readonly usb?: UsbPlace | undefined;
  /** It was found before that this port tells nothing of what arrives. */
  readonly deaf?: boolean;
  readonly emulated: boolean;
  readonly open: OpenTransport;
}

/** The one handle on a port: it may be kept from one session to the next, and is never held twice. */
export class PortHandle {
  readonly #port: ModemPort;
  readonly #devices: OpenDevices;
  #transport: Transport | undefined;

  constructor(port: ModemPort, devices: OpenDevices) {
    this.#port = port;
    this.#devices = devices;
  }

  /** Opens the port, unless it is open. Rejects with a `TransportError`. */
  async open(): Promise<Transport> {
    if (this.#transport) return this.#transport;
    const { path, baudRate } = this.#port;
    const letGo = this.#devices.reserve(path);
    const transport = await this.#port.open(path, { baudRate }).catch((error: unknown) => {
      letGo();
      throw error;
    });
    this.#transport = transport;
    transport.once('close', () => {
      letGo();
      if (this.#transport === transport) this.#transport = undefined;
    });
    return transport;
  }

  /** Resolves when the port could be opened by another. */
  async close(): Promise<void> {
    await this.#transport?.close();
  }
}
