import { realpath } from 'node:fs/promises';
import type { ListedPort } from './listed-port.ts';
import type { UsbDevice } from './usb-device.ts';

/** `12d1:1506`, or `12d1:*` for all of a maker. */
const idPattern = /^([0-9a-f]{4}):([0-9a-f]{4}|\*)$/i;

/**
 * Ports and devices that a person wants left alone, whatever else is set: they are never opened. Each entry is a path
 * or the ids of a USB device.
 */
export class NeverTouch {
  readonly #ids: readonly (readonly [vendorId: string, productId: string])[];
  readonly #paths: readonly string[];

  constructor(entries: readonly string[]) {
    const ids = entries.map((entry) => idPattern.exec(entry)).filter((match) => match !== null);
    this.#ids = ids.map(([, vendor = '', product = '']) => [vendor.toLowerCase(), product.toLowerCase()]);
    this.#paths = entries.filter((entry) => !idPattern.test(entry)).map(sameCase);
  }

  /** Whether a device is on the list by its ids. */
  device({ vendorId, productId }: UsbDevice): boolean {
    return this.#ids.some(
      ([vendor, product]) => vendor === vendorId && (product === '*' || product === productId),
    );
  }

  /** Whether a port is on the list by its path or by its device; a link on the list stands for what it points to. */
  async port({ path, device }: Pick<ListedPort, 'path' | 'device'>): Promise<boolean> {
    if (device && this.device(device)) return true;
    return this.path(path);
  }

  /** Whether a path is on the list, by any of its names. */
  async path(path: string): Promise<boolean> {
    if (this.#paths.length === 0) return false;
    const target = await resolved(path);
    const listed = await Promise.all(this.#paths.map(resolved));
    return this.#paths.includes(sameCase(path)) || listed.includes(target);
  }
}

/** Where a path leads through links; itself where it leads nowhere. */
export async function resolved(path: string): Promise<string> {
  return sameCase(await realpath(path).catch(() => path));
}

/** Windows takes COM7 and com7 for the same port. */
function sameCase(path: string): string {
  return /^(?:\\\\\.\\)?com\d+$/i.test(path) ? path.toUpperCase() : path;
}
