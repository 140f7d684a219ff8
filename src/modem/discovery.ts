import { readdir } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import type { Clock, Timer } from '../clock.ts';

/** A serial port as the system lists it. */
export interface ListedPort {
  readonly path: string;
  readonly manufacturer: string | undefined;
  readonly vendorId: string | undefined;
  readonly productId: string | undefined;
  readonly serialNumber: string | undefined;
}

const lookEveryMs = 1_000;
/** Where no folder of devices can be read, the system is asked, which costs more. */
const askEveryMs = 5_000;

const deviceFolder = '/dev';
const deviceNames = /^(?:ttyUSB|ttyACM|cu\.usb)/;

/** The serial ports that are plugged in; none where the system has no way to list them. */
export async function listPorts(): Promise<ListedPort[]> {
  const ports = await SerialPort.list().catch(() => []);
  return ports.map(({ path, manufacturer, vendorId, productId, serialNumber }) => ({
    path,
    manufacturer,
    vendorId,
    productId,
    serialNumber,
  }));
}

/**
 * Watches for ports that come and go. Only ports on the USB are looked at: a built-in one may be wired to something
 * that a stray AT would disturb.
 */
export class Discovery {
  readonly #clock: Clock;
  readonly #onChange: (ports: readonly ListedPort[]) => void;
  #timer: Timer | undefined;
  #stopped = false;
  #seen = '';

  constructor(clock: Clock, onChange: (ports: readonly ListedPort[]) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  start(): void {
    this.#stopped = false;
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #look(): Promise<void> {
    const names = await deviceList();
    if (names === undefined || names !== this.#seen) await this.#report();
    this.#seen = names ?? '';
    if (this.#stopped) return;
    this.#timer = this.#clock.after(names === undefined ? askEveryMs : lookEveryMs, () => this.#look());
  }

  async #report(): Promise<void> {
    const ports = await listPorts();
    if (!this.#stopped) this.#onChange(ports.filter(({ vendorId }) => vendorId !== undefined));
  }
}

async function deviceList(): Promise<string | undefined> {
  try {
    return (await readdir(deviceFolder))
      .filter((name) => deviceNames.test(name))
      .sort()
      .join(' ');
  } catch {
    return undefined;
  }
}
