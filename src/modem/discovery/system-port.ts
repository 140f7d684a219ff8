import { readdir } from 'node:fs/promises';
import { LinuxPorts } from './linux-ports.ts';
import type { ListedPort, Listing, PortSource } from './listed-port.ts';
import { macPorts } from './mac-ports.ts';
import { systemFolders } from './system-folders.ts';
import type { UsbDevice } from './usb-device.ts';
import { windowsPorts } from './windows-ports.ts';

/** A port as SerialPort.list() gives it; which fields are set differs from system to system. */
export interface SystemPort {
  readonly path: string;
  readonly manufacturer: string | undefined;
  readonly serialNumber: string | undefined;
  readonly pnpId: string | undefined;
  readonly locationId: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly vendorId: string | undefined;
  readonly productId: string | undefined;
}

/** The ports of this machine. */
export function systemPorts(platform: NodeJS.Platform = process.platform): PortSource {
  if (platform === 'linux') return new LinuxPorts(systemFolders);
  return platform === 'darwin' ? new AskedPorts(macPorts, '/dev') : new AskedPorts(windowsPorts, undefined);
}

/** Where the system has to be asked, which costs more than reading files. */
class AskedPorts implements PortSource {
  readonly deviceFolder: string | undefined;
  readonly #understand: (ports: readonly SystemPort[]) => ListedPort[];

  constructor(understand: (ports: readonly SystemPort[]) => ListedPort[], deviceFolder: string | undefined) {
    this.#understand = understand;
    this.deviceFolder = deviceFolder;
  }

  async signature(): Promise<string | undefined> {
    if (this.deviceFolder === undefined) return undefined;
    const names = await readdir(this.deviceFolder).catch(() => undefined);
    return names
      ?.filter((name) => name.startsWith('cu.'))
      .sort()
      .join(' ');
  }

  async list(): Promise<Listing> {
    const { SerialPort } = await import('serialport');
    const ports = this.#understand(await SerialPort.list());
    const devices = new Map<string, UsbDevice>();
    for (const { device } of ports) if (device) devices.set(device.key, device);
    return { ports, devices: [...devices.values()] };
  }
}
