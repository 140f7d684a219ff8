import { hasModemDriver, isBridge, isByModemMaker, isSomethingElse } from './known-ids.ts';
import { isAtModemInterface, isKnownModem } from './port-role.ts';
import type { UsbDevice } from './usb-device.ts';

/**
 * What something plugged in is, before anything is written to it.
 *
 * - `modem`: its ids, its driver or its name say so
 * - `bridge`: from USB to a UART, behind which a modem may be
 * - `maybe`: takes AT commands by its class and is nothing known: many things claim that class
 * - `other`: left alone
 */
export type DeviceKind = 'modem' | 'bridge' | 'maybe' | 'other';

const modemNames =
  /\b(?:modem|gsm|umts|hspa|hsdpa|hsupa|lte|wwan|wcdma|cdma|mobile (?:connect|broadband)|[345]g)\b/i;

const otherNames =
  /zig-?bee|z-?wave|conbee|bluetooth|arduino|esp32|printer|scanner|scale|gps|gnss|u-?blox [5-9]|reader|jtag|debug|programmer/i;

/** Judges a device by what it says of itself. */
export function kindOf(device: UsbDevice): DeviceKind {
  if (isSomethingElse(device)) return 'other';
  if (isKnownModem(device) || hasModemDriver(device)) return 'modem';
  const name = `${device.manufacturer ?? ''} ${device.product ?? ''}`;
  if (otherNames.test(name)) return 'other';
  if (isBridge(device)) return modemNames.test(name) ? 'modem' : 'bridge';
  if (isByModemMaker(device) || modemNames.test(name)) return 'modem';
  return device.interfaces.some(isAtModemInterface) ? 'maybe' : 'other';
}
