import type { ListedPort } from './listed-port.ts';
import type { SystemPort } from './system-port.ts';
import type { UsbDevice } from './usb-device.ts';

/**
 * What SerialPort.list() says on macOS, as ports with their devices. Each port has two device files: the one that
 * waits for a carrier (tty) is listed, the one that does not (cu) is opened.
 */
export function macPorts(ports: readonly SystemPort[]): ListedPort[] {
  return ports.map((port) => ({
    path: port.path.replace(/^\/dev\/tty\./, '/dev/cu.'),
    device: deviceOf(port),
    interface: undefined,
    title: undefined,
    present: true,
  }));
}

/** Ports of one device share the place where it is plugged in. */
function deviceOf({
  vendorId,
  productId,
  locationId,
  serialNumber,
  ...port
}: SystemPort): UsbDevice | undefined {
  if (!vendorId || !productId) return undefined;
  const ids = [hexadecimal(vendorId), hexadecimal(productId)] as const;
  const key = `${ids.join(':')}@${locationId ?? serialNumber ?? port.path}`;
  return {
    key,
    instance: key,
    vendorId: ids[0],
    productId: ids[1],
    manufacturer: port.manufacturer,
    product: undefined,
    serialNumber,
    interfaces: [],
    node: undefined,
  };
}

/** Older systems write 0x before the digits. */
function hexadecimal(id: string): string {
  return id.replace(/^0x/i, '').toLowerCase().padStart(4, '0');
}
