import type { ListedPort } from './listed-port.ts';
import type { SystemPort } from './system-port.ts';
import type { UsbDevice, UsbInterface } from './usb-device.ts';

/**
 * The parts of a Windows instance id. Devices with several interfaces have one instance id an interface, in which
 * only the interface number and the last part differ:
 *
 *     USB\VID_12D1&PID_1506&MI_02\6&2C3F8A1&0&0002
 *     USB\VID_1A86&PID_7523\5&6D6F5B5&0&11
 *     FTDIBUS\VID_0403+PID_6001+A51MAMMEA\0000
 */
const instanceId =
  /^(?<bus>\w+)\\(?:.*?VID_(?<vendor>[0-9A-F]{4})[&+]PID_(?<product>[0-9A-F]{4}))(?:&MI_(?<face>[0-9A-F]{2}))?(?<more>[^\\]*)\\(?<place>.*)$/i;

/** What SerialPort.list() says on Windows, as ports with their devices. */
export function windowsPorts(ports: readonly SystemPort[]): ListedPort[] {
  return ports.map((port) => {
    const device = deviceOf(port);
    const face = instanceId.exec(port.pnpId ?? '')?.groups?.face;
    return {
      path: port.path,
      device,
      interface: face === undefined ? undefined : interfaceNumbered(Number.parseInt(face, 16)),
      title: port.friendlyName,
      present: true,
    };
  });
}

function deviceOf(port: SystemPort): UsbDevice | undefined {
  const parts = instanceId.exec(port.pnpId ?? '')?.groups;
  const vendorId = (port.vendorId ?? parts?.vendor)?.toLowerCase();
  const productId = (port.productId ?? parts?.product)?.toLowerCase();
  if (!vendorId || !productId) return undefined;
  const key = `${vendorId}:${productId}@${placeOf(parts, port)}`;
  return {
    key,
    instance: key,
    vendorId,
    productId,
    manufacturer: port.manufacturer,
    product: port.friendlyName?.replace(/ \(COM\d+\)$/, ''),
    serialNumber: port.serialNumber,
    interfaces: [],
    node: undefined,
  };
}

/** The middle of the instance id, which the interfaces of one device share; a place on the bus where it has none. */
function placeOf(parts: Record<string, string> | undefined, port: SystemPort): string {
  if (parts?.face !== undefined) {
    const middle = /^(?<middle>[^&]+&[^&]+&[^&]+)&/.exec(parts.place ?? '')?.groups?.middle;
    if (middle) return middle.toUpperCase();
  }
  return port.locationId ?? (parts ? `${parts.more}${parts.place}` : port.path);
}

/** Windows tells the number of an interface alone. */
export function interfaceNumbered(number: number): UsbInterface {
  return { number, class: undefined, subclass: undefined, protocol: undefined, driver: undefined };
}
