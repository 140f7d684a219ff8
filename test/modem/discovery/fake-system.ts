import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { SystemFolders } from '../../../src/modem/discovery/system-folders.ts';
import { temporaryFolder } from '../../store/temporary-database.ts';

export interface FakeInterface {
  readonly number: number;
  /** Class, subclass and protocol as six hexadecimal digits: `ff0102`. */
  readonly codes: string;
  readonly driver?: string;
  readonly tty?: string;
}

export interface FakeDevice {
  readonly socket: string;
  readonly id: string;
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serial?: string;
  readonly deviceClass?: string;
  readonly interfaces: readonly FakeInterface[];
}

/** A small /sys, /dev, /proc and /etc on disk, in which things are plugged in and unplugged. */
export class FakeSystem {
  readonly folders: SystemFolders;
  #number = 2;

  constructor() {
    const root = temporaryFolder();
    const below = (name: string) => {
      mkdirSync(join(root, name), { recursive: true });
      return join(root, name);
    };
    this.folders = {
      sys: below('sys'),
      dev: below('dev'),
      proc: below('proc'),
      etc: below('etc'),
      lib: below('lib'),
      run: below('run'),
    };
    for (const folder of ['class/tty', 'bus/usb/devices', 'bus/usb/drivers']) below(`sys/${folder}`);
    this.#console('tty0');
  }

  path(tty: string): string {
    return join(this.folders.dev, tty);
  }

  /** A USB device appears, with its ports. */
  plug(device: FakeDevice): void {
    const folder = this.#deviceFolder(device.socket);
    this.#number++;
    const [vendor = '', product = ''] = device.id.split(':');
    this.#write(folder, {
      idVendor: vendor,
      idProduct: product,
      busnum: '1',
      devnum: String(this.#number),
      bDeviceClass: device.deviceClass ?? '00',
      ...(device.manufacturer && { manufacturer: device.manufacturer }),
      ...(device.product && { product: device.product }),
      ...(device.serial && { serial: device.serial }),
    });
    this.#link(folder, join('bus/usb/devices', device.socket));
    this.#touch(join('bus/usb/001', String(this.#number).padStart(3, '0')));
    for (const face of device.interfaces) this.#addInterface(folder, device.socket, face);
  }

  /** Everything of it is gone. */
  unplug(device: FakeDevice): void {
    for (const face of device.interfaces) {
      rmSync(join(this.folders.sys, 'bus/usb/devices', `${device.socket}:1.${face.number}`), { force: true });
      if (!face.tty) continue;
      rmSync(join(this.folders.sys, 'class/tty', face.tty), { force: true });
      rmSync(this.path(face.tty), { force: true });
    }
    rmSync(join(this.folders.sys, 'bus/usb/devices', device.socket), { force: true });
    rmSync(join(this.folders.sys, this.#deviceFolder(device.socket)), { recursive: true, force: true });
  }

  /** A port on the main board; type 0 is a place where none is. */
  builtIn(tty: string, type = '4'): void {
    const folder = join('devices/platform/serial8250/tty', tty);
    this.#write(folder, { type });
    symlinkSync('../../../serial8250', join(this.folders.sys, folder, 'device'));
    this.#link(folder, join('class/tty', tty));
    this.#touch(tty);
  }

  /** The device file of a port is not there, as in a container. */
  hide(tty: string): void {
    rmSync(this.path(tty));
  }

  /** A program runs and has these files open. */
  run(pid: number, name: string, files: readonly string[] = [], group = '0::/user.slice'): void {
    const folder = join(this.folders.proc, String(pid));
    mkdirSync(join(folder, 'fd'), { recursive: true });
    writeFileSync(join(folder, 'comm'), `${name}\n`);
    writeFileSync(join(folder, 'cgroup'), `${group}\n`);
    for (const [at, file] of files.entries()) symlinkSync(file, join(folder, 'fd', String(at + 3)));
  }

  end(pid: number): void {
    rmSync(join(this.folders.proc, String(pid)), { recursive: true, force: true });
  }

  /** Writes a file below one of the folders, for example `etc`, `udev/rules.d/99-x.rules`. */
  file(folder: keyof SystemFolders, name: string, text: string): void {
    const file = join(this.folders[folder], name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  #addInterface(folder: string, socket: string, { number, codes, driver, tty }: FakeInterface): void {
    const name = `${socket}:1.${number}`;
    const face = join(folder, name);
    this.#write(face, {
      bInterfaceNumber: number.toString(16).padStart(2, '0'),
      bInterfaceClass: codes.slice(0, 2),
      bInterfaceSubClass: codes.slice(2, 4),
      bInterfaceProtocol: codes.slice(4, 6),
    });
    this.#link(face, join('bus/usb/devices', name));
    if (driver) {
      mkdirSync(join(this.folders.sys, 'bus/usb/drivers', driver), { recursive: true });
      this.#link(join('bus/usb/drivers', driver), join(face, 'driver'));
    }
    if (tty) this.#addTty(face, tty);
  }

  /** The port of a usb-serial driver lies one folder deeper than one of class CDC-ACM. */
  #addTty(face: string, tty: string): void {
    const owner = tty.startsWith('ttyUSB') ? join(face, tty) : face;
    const folder = join(owner, 'tty', tty);
    this.#write(folder, { dev: '188:0' });
    this.#link(owner, join(folder, 'device'));
    this.#link(folder, join('class/tty', tty));
    this.#touch(tty);
  }

  #console(tty: string): void {
    const folder = join('devices/virtual/tty', tty);
    this.#write(folder, { dev: '4:0' });
    this.#link(folder, join('class/tty', tty));
    this.#touch(tty);
  }

  #deviceFolder(socket: string): string {
    return join('devices/pci0000:00/0000:00:14.0/usb1', socket);
  }

  #write(folder: string, attributes: Record<string, string>): void {
    mkdirSync(join(this.folders.sys, folder), { recursive: true });
    for (const [name, value] of Object.entries(attributes))
      writeFileSync(join(this.folders.sys, folder, name), `${value}\n`);
  }

  #link(target: string, place: string): void {
    const from = join(this.folders.sys, place);
    symlinkSync(relative(dirname(from), join(this.folders.sys, target)), from);
  }

  #touch(name: string): void {
    mkdirSync(dirname(join(this.folders.dev, name)), { recursive: true });
    writeFileSync(join(this.folders.dev, name), '');
  }
}

/** A Huawei stick with three ports, of which the third is for AT commands. */
export const huaweiStick: FakeDevice = {
  socket: '1-1.4',
  id: '12d1:1506',
  manufacturer: 'HUAWEI',
  product: 'HUAWEI Mobile',
  interfaces: [
    { number: 0, codes: 'ff0201', driver: 'option', tty: 'ttyUSB0' },
    { number: 1, codes: 'ff0203', driver: 'option', tty: 'ttyUSB1' },
    { number: 2, codes: 'ff0202', driver: 'option', tty: 'ttyUSB2' },
    { number: 5, codes: '080650', driver: 'usb-storage' },
  ],
};

/** A Quectel EC25: diagnostics, positioning, AT, modem, and a network interface. */
export const quectelStick: FakeDevice = {
  socket: '1-2',
  id: '2c7c:0125',
  manufacturer: 'Quectel',
  product: 'EC25-EU',
  interfaces: [
    { number: 0, codes: 'ffffff', driver: 'option', tty: 'ttyUSB3' },
    { number: 1, codes: 'ff0000', driver: 'option', tty: 'ttyUSB4' },
    { number: 2, codes: 'ff0000', driver: 'option', tty: 'ttyUSB5' },
    { number: 3, codes: 'ff0000', driver: 'option', tty: 'ttyUSB6' },
    { number: 4, codes: 'ffffff', driver: 'qmi_wwan' },
  ],
};

/** A SIM800 behind a CH340. */
export const bridge: FakeDevice = {
  socket: '1-3',
  id: '1a86:7523',
  product: 'USB Serial',
  interfaces: [{ number: 0, codes: 'ff0102', driver: 'ch341', tty: 'ttyUSB9' }],
};
