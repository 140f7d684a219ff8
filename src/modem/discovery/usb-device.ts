/** One interface of a USB device, as its descriptor tells (USB 2.0, 9.6.5). */
export interface UsbInterface {
  readonly number: number;
  readonly class: number | undefined;
  readonly subclass: number | undefined;
  readonly protocol: number | undefined;
  /** The kernel's driver that has it; undefined where none has, or the system does not tell. */
  readonly driver: string | undefined;
}

/** Of which kind a device is: four hexadecimal digits each, in lower case. */
export interface UsbIds {
  readonly vendorId: string;
  readonly productId: string;
}

/** A device on the USB. */
export interface UsbDevice extends UsbIds {
  /** The socket it is plugged into, as the system names sockets: the same device in the same socket keeps it. */
  readonly key: string;
  /** Another one at each plugging-in, so that a quick replug is seen between two looks. */
  readonly instance: string;
  readonly manufacturer: string | undefined;
  readonly product: string | undefined;
  readonly serialNumber: string | undefined;
  readonly interfaces: readonly UsbInterface[];
  /** What a program opens that talks to the device past the kernel's drivers: `/dev/bus/usb/001/004`. */
  readonly node: string | undefined;
  /** Whether the machine's maker built it in, as far as the system knows of that. */
  readonly builtIn?: boolean;
}

/** `12d1:1506`, as `lsusb` shows it. */
export function usbId({ vendorId, productId }: UsbIds): string {
  return `${vendorId}:${productId}`;
}

/** What a person knows a device by: the name that it bears, and its ids. */
export function deviceName(device: UsbDevice): string {
  const words = [device.manufacturer, device.product].filter(Boolean).join(' ');
  return words === '' ? usbId(device) : `${words} (${usbId(device)})`;
}
