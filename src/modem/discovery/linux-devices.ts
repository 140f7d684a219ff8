import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { UsbDevice, UsbInterface } from './usb-device.ts';

const hubClass = 0x09;

/**
 * The devices on the USB by their sockets (`1-1.4`), read from `sys`/bus/usb/devices. One that is unplugged meanwhile
 * is left out; an empty answer where this kernel has no USB.
 */
export async function readUsbDevices(sys: string, dev: string): Promise<Map<string, UsbDevice>> {
  const folder = join(sys, 'bus/usb/devices');
  const names = await readdir(folder).catch(() => []);
  const devices = names.filter((name) => /^\d+-[\d.]+$/.test(name)).sort();
  const read = await Promise.all(
    devices.map((name) => {
      const interfaces = names.filter((other) => other.startsWith(`${name}:`)).sort();
      return readDevice(folder, name, interfaces, dev).catch(() => undefined);
    }),
  );
  return new Map(read.flatMap((device) => (device ? [[device.key, device] as const] : [])));
}

async function readDevice(
  folder: string,
  key: string,
  interfaces: readonly string[],
  dev: string,
): Promise<UsbDevice | undefined> {
  const attribute = (name: string) => readAttribute(join(folder, key), name);
  const [vendorId, productId, deviceClass] = await Promise.all(
    ['idVendor', 'idProduct', 'bDeviceClass'].map(attribute),
  );
  if (!vendorId || !productId || hexadecimal(deviceClass) === hubClass) return undefined;
  const [manufacturer, product, serialNumber, bus, number, removable] = await Promise.all(
    ['manufacturer', 'product', 'serial', 'busnum', 'devnum', 'removable'].map(attribute),
  );
  const read = await Promise.all(interfaces.map((name) => readInterface(join(folder, name))));
  return {
    key,
    instance: `${key}#${number ?? ''}`,
    vendorId: vendorId.toLowerCase(),
    productId: productId.toLowerCase(),
    manufacturer,
    product,
    serialNumber,
    interfaces: read.filter((found) => found !== undefined),
    node: bus && number ? join(dev, 'bus/usb', bus.padStart(3, '0'), number.padStart(3, '0')) : undefined,
    ...(removable === 'fixed' && { builtIn: true }),
  };
}

async function readInterface(folder: string): Promise<UsbInterface | undefined> {
  const [number, ...codes] = await Promise.all(
    ['bInterfaceNumber', 'bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol'].map((name) =>
      readAttribute(folder, name).then(hexadecimal),
    ),
  );
  if (number === undefined) return undefined;
  const driver = await readlink(join(folder, 'driver')).then(basename, () => undefined);
  return { number, class: codes[0], subclass: codes[1], protocol: codes[2], driver };
}

/** The first line of a file below /sys without blanks around it; undefined where there is none. */
export async function readAttribute(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '');
  return text.split('\n')[0]?.trim() || undefined;
}

function hexadecimal(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : undefined;
}
