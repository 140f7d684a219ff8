import { access, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readAttribute, readUsbDevices } from './linux-devices.ts';
import type { ListedPort, Listing, PortSource } from './listed-port.ts';
import type { SystemFolders } from './system-folders.ts';
import type { UsbDevice } from './usb-device.ts';

/** Consoles (tty0, tty1 ...) and what else is no line to another machine. */
const noPorts = /^(?:tty\d*|ttyprintk|ttynull)$/;

/**
 * The serial ports of a Linux, read from /sys itself: there stands of which device a port is and which interface of
 * it, and it can be read where udev is not installed.
 */
export class LinuxPorts implements PortSource {
  readonly #sys: string;
  readonly #dev: string;

  constructor(folders: Pick<SystemFolders, 'sys' | 'dev'>) {
    this.#sys = folders.sys;
    this.#dev = folders.dev;
  }

  get deviceFolder(): string {
    return this.#dev;
  }

  async signature(): Promise<string> {
    const ttys = await this.#names();
    const files = new Set(await readdir(this.#dev).catch(() => []));
    const devices = await readdir(join(this.#sys, 'bus/usb/devices')).catch(() => []);
    const instances = await Promise.all(
      devices.map((name) => readAttribute(join(this.#sys, 'bus/usb/devices', name), 'devnum')),
    );
    return JSON.stringify([
      ttys.map((name) => [name, files.has(name)]),
      devices.map((name, at) => [name, instances[at]]).sort(),
    ]);
  }

  async list(): Promise<Listing> {
    const devices = await readUsbDevices(this.#sys, this.#dev);
    const ports = await Promise.all((await this.#names()).map((name) => this.#port(name, devices)));
    return { ports: ports.filter((port) => port !== undefined), devices: [...devices.values()] };
  }

  async #names(): Promise<string[]> {
    const names = await readdir(join(this.#sys, 'class/tty')).catch(() => []);
    return names.filter((name) => /^(?:tty|rfcomm)/.test(name) && !noPorts.test(name)).sort(byNumber);
  }

  async #port(name: string, devices: ReadonlyMap<string, UsbDevice>): Promise<ListedPort | undefined> {
    const folder = join(this.#sys, 'class/tty', name);
    const start = await realpath(join(folder, 'device')).catch(() => undefined);
    if (!start || (await isEmptySlot(folder))) return undefined;
    const place = await this.#placeOnUsb(start);
    const device = devices.get(place.device ?? '');
    const path = join(this.#dev, name);
    return {
      path,
      device,
      interface: device?.interfaces.find(({ number }) => number === place.interface),
      title: undefined,
      present: await access(path).then(
        () => true,
        () => false,
      ),
    };
  }

  /** Up from the port's own folder to the one of its interface, and on to the one of its device. */
  async #placeOnUsb(start: string): Promise<{ device?: string; interface?: number }> {
    const root = await realpath(this.#sys).catch(() => this.#sys);
    let number: string | undefined;
    for (let folder = start; folder.startsWith(`${root}/`); folder = dirname(folder)) {
      number ??= await readAttribute(folder, 'bInterfaceNumber');
      if (!(await readAttribute(folder, 'idVendor'))) continue;
      const device = folder.slice(folder.lastIndexOf('/') + 1);
      return number === undefined ? { device } : { device, interface: Number.parseInt(number, 16) };
    }
    return {};
  }
}

/** The kernel has more places for built-in ports than there are ports: those have no type. */
async function isEmptySlot(folder: string): Promise<boolean> {
  return (await readAttribute(folder, 'type')) === '0';
}

/** ttyUSB2 before ttyUSB10. */
function byNumber(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
