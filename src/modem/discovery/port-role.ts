import type { ListedPort } from './listed-port.ts';
import { type UsbIds, type UsbInterface, usbId } from './usb-device.ts';
import table from './usb-ports.json' with { type: 'json' };

/**
 * What a port of a modem is for.
 *
 * - `primary`, `secondary`: takes AT commands, the first one also tells what arrives
 * - `data`: takes AT commands, but is meant for a data call
 * - `closed`: diagnostics, positioning, sound or a port that its maker wants left alone: never opened
 * - `unknown`: nobody says
 */
export type PortRole = 'primary' | 'secondary' | 'data' | 'closed' | 'unknown';

const roles: Readonly<Record<string, PortRole>> = {
  AT_PRIMARY: 'primary',
  AT_SECONDARY: 'secondary',
  AT_PPP: 'data',
  QCDM: 'closed',
  GPS: 'closed',
  AUDIO: 'closed',
  IGNORE: 'closed',
  X22X_PORT_TYPE_NMEA: 'closed',
  X22X_PORT_TYPE_VOICE: 'closed',
};

const known = new Map<string, PortRole>();
for (const { vid, pid, interface: number, role } of table.ports) {
  const found = roles[role];
  if (found) known.set(`${vid}:${pid}:${number}`, found);
}
const knownDevices = new Set(table.ports.map(({ vid, pid }) => usbId({ vendorId: vid, productId: pid })));

/** The ids of all devices that the table of ports has rows for. */
export function knownModems(): UsbIds[] {
  return [
    ...new Map(
      table.ports.map(({ vid, pid }) => [`${vid}:${pid}`, { vendorId: vid, productId: pid }]),
    ).values(),
  ];
}

/** Whether the table of ports has rows for these ids. */
export function isKnownModem(device: UsbIds): boolean {
  return knownDevices.has(usbId(device));
}

/** What a port is for: by the table of ids, by its maker's marks on the interface, by its name on Windows and macOS. */
export function roleOf({ device, interface: face, title, path }: ListedPort): PortRole {
  if (!device) return 'unknown';
  const listed = face && known.get(`${device.vendorId}:${device.productId}:${face.number}`);
  if (listed) return listed;
  const marked = face && device.vendorId === huawei ? roleByMark(face) : undefined;
  return marked ?? roleByName(title ?? path);
}

const huawei = '12d1';
const vendorSpecific = 0xff;

/** Huawei writes into subclass and protocol of an interface what it is for (rules of ModemManager's Huawei plugin). */
const marks: readonly (readonly [subclass: number, protocol: number, PortRole])[] = [
  [0x01, 0x01, 'data'],
  [0x01, 0x02, 'primary'],
  [0x01, 0x12, 'primary'],
  [0x01, 0x05, 'closed'],
  [0x01, 0x14, 'closed'],
  [0x02, 0x01, 'data'],
  [0x02, 0x02, 'primary'],
  [0x02, 0x12, 'primary'],
  [0x06, 0x14, 'closed'],
];

function roleByMark(face: UsbInterface): PortRole | undefined {
  if (face.class !== vendorSpecific) return undefined;
  return marks.find(([subclass, protocol]) => face.subclass === subclass && face.protocol === protocol)?.[2];
}

/** Names in drivers of makers, for example "Quectel USB AT Port" and /dev/cu.HUAWEIMobile-Diag. The first one counts. */
const names: readonly (readonly [RegExp, PortRole])[] = [
  [/diag|nmea|gps|gnss|\bdm\b|dload|download|\blog\b|audio|voice/i, 'closed'],
  [/pc ?ui|\bat(?: command)? (?:port|interface)/i, 'primary'],
  [/modem/i, 'data'],
];

function roleByName(name: string): PortRole {
  return names.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown';
}

/** The order in which the ports of one device are tried; `closed` ones are not. */
const order: readonly PortRole[] = ['primary', 'secondary', 'data', 'unknown'];

/**
 * The ports of one device that may be tried, the likeliest first. Ports of an unknown device come in the order of its
 * interfaces, those of class CDC-ACM with AT commands (USB CDC 1.2, PSTN 1.2 table 17) first.
 */
export function rankPorts(ports: readonly ListedPort[]): ListedPort[] {
  const rank = (port: ListedPort) => order.indexOf(roleOf(port)) * 1_000 + interfaceRank(port);
  return ports.filter((port) => roleOf(port) !== 'closed').sort((one, other) => rank(one) - rank(other));
}

function interfaceRank({ interface: face }: ListedPort): number {
  if (!face) return 0;
  return face.number + (isAtModemInterface(face) ? 0 : 256);
}

/** Communications class, abstract control model, a protocol of AT commands. */
export function isAtModemInterface(face: UsbInterface): boolean {
  const { protocol = 0 } = face;
  return face.class === 0x02 && face.subclass === 0x02 && protocol >= 0x01 && protocol <= 0x06;
}
