import { type DeviceKind, kindOf } from './device-kind.ts';
import type { ListedPort } from './listed-port.ts';
import { deviceName, type UsbDevice } from './usb-device.ts';

/** The ports of one thing that is plugged in, or one port that is built in. */
export interface PortGroup {
  /** The socket of the device, or the path of a port without one. */
  readonly key: string;
  /** Another one at each plugging-in. */
  readonly instance: string;
  readonly device: UsbDevice | undefined;
  readonly kind: DeviceKind | 'built-in';
  /** As the system lists them. */
  readonly ports: readonly ListedPort[];
}

/** Puts together the ports of each device. */
export function groupPorts(ports: readonly ListedPort[]): PortGroup[] {
  const groups = Map.groupBy(ports, ({ device, path }) => device?.key ?? path);
  return [...groups].map(([key, members]) => {
    const { device, path } = members[0] as ListedPort;
    const kind = device ? kindOf(device) : 'built-in';
    return { key, instance: device?.instance ?? path, device, kind, ports: members };
  });
}

/** What a person knows a group by. */
export function groupName({ device, key }: PortGroup): string {
  return device ? deviceName(device) : key;
}
