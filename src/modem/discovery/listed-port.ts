import type { UsbPlace } from '../profiles/index.ts';
import type { UsbDevice, UsbInterface } from './usb-device.ts';

/** A serial port as the system lists it. */
export interface ListedPort {
  /** What is opened: `/dev/ttyUSB2`, `COM7`. */
  readonly path: string;
  /** The USB device that it belongs to; undefined for one that is built in. */
  readonly device: UsbDevice | undefined;
  /** The interface of that device, where the system tells which. */
  readonly interface: UsbInterface | undefined;
  /** What Windows calls it: `HUAWEI Mobile Connect - 3G PC UI Interface (COM7)`. */
  readonly title: string | undefined;
  /** Whether its device file is there: a container may see a port in /sys that was not passed to it. */
  readonly present: boolean;
}

/** Where on the USB a port is; undefined for one that is not. */
export function usbPlaceOf({ device, interface: face }: ListedPort): UsbPlace | undefined {
  if (!device) return undefined;
  const { key: socket, vendorId, productId } = device;
  return { socket, vendorId, productId, interfaceNumber: face?.number };
}

/** All that is plugged in at one moment. */
export interface Listing {
  readonly ports: readonly ListedPort[];
  /** Every device on the USB, also those without a serial port, where the system tells; hubs are left out. */
  readonly devices: readonly UsbDevice[];
}

/** Where the system's knowledge of its ports comes from. */
export interface PortSource {
  list(): Promise<Listing>;
  /** Whatever changes when a port comes or goes; cheaper to ask than `list`. Undefined: there is no such thing. */
  signature(): Promise<string | undefined>;
  /** A folder in which files appear and vanish with ports. */
  readonly deviceFolder: string | undefined;
}
