import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isByModemMaker, isSomethingElse, modemVendors, otherThings } from './known-ids.ts';
import { isKnownModem, knownModems } from './port-role.ts';
import type { SystemFolders } from './system-folders.ts';
import type { UsbDevice, UsbIds, UsbInterface } from './usb-device.ts';

/** Before 73-seat-late.rules, which is what acts on the tag `uaccess`. */
export const modemRulesName = '70-postern.rules';

/** Where udev reads rules from; of two files of one name only the one in the folder named first counts. */
export function ruleFolders({ etc, run, lib }: Pick<SystemFolders, 'etc' | 'run' | 'lib'>): string[] {
  return [etc, run, lib].map((folder) => join(folder, 'udev/rules.d'));
}

/** Whether the rules are for such a device: a modem by its ids, as discovery judges them. */
export function isInModemRules(device: UsbIds): boolean {
  return !isSomethingElse(device) && (isByModemMaker(device) || isKnownModem(device));
}

/** Whether the rules keep ModemManager from a device: not from what is built in, nor from what can only be a network card. */
export function isKeptByModemRules(device: UsbDevice): boolean {
  const mayBeSerial = ({ class: main, subclass }: UsbInterface) =>
    main === vendorSpecific || (main === communications && subclass === abstractControl);
  return isInModemRules(device) && !device.builtIn && device.interfaces.some(mayBeSerial);
}

const vendorSpecific = 0xff;
const communications = 0x02;
const abstractControl = 0x02;

/**
 * The udev rules that packages bring and that `postern doctor --udev-rule` prints. ModemManager leaves the modems that
 * discovery knows by their ids alone, and whoever sits at the machine may use their ports.
 *
 * A device is judged by its own ids, never by those of what it hangs on: makers of modems make docks with hubs as well.
 */
export function modemRules(): string {
  return `${[
    '# The USB modems that Postern knows, and nothing else: ModemManager leaves them alone, and their ports belong to the',
    '# group dialout and to whoever sits at the machine. Written by "postern doctor --udev-rule".',
    'ACTION!="add|change|move|bind", GOTO="postern_end"',
    'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", GOTO="postern_ids"',
    'SUBSYSTEM=="tty", KERNEL=="ttyUSB[0-9]*|ttyACM[0-9]*|ttyHS[0-9]*", GOTO="postern_ids"',
    'GOTO="postern_end"',
    '',
    'LABEL="postern_ids"',
    'IMPORT{builtin}="usb_id"',
    ...otherThings.map(([vendor, products]) => chosen(vendor, products, 'postern_end')),
    `ENV{ID_VENDOR_ID}=="${[...modemVendors.keys()].join('|')}", GOTO="postern_modem"`,
    ...[...modemsOfOthers()].map(([vendor, ids]) => chosen(vendor, ids.join('|'), 'postern_modem')),
    'GOTO="postern_end"',
    '',
    'LABEL="postern_modem"',
    'SUBSYSTEM=="tty", GROUP="dialout", MODE="0660", TAG+="uaccess"',
    '# What is built into the machine ("fixed") and what has no interface for a serial port may be its way to the internet.',
    'SUBSYSTEM=="usb", ATTR{removable}!="fixed", ENV{ID_USB_INTERFACES}=="*:ff*|*:0202*", ENV{ID_MM_DEVICE_IGNORE}="1"',
    '',
    'LABEL="postern_end"',
  ].join('\n')}\n`;
}

function chosen(vendor: string, products: string, label: string): string {
  return `ENV{ID_VENDOR_ID}=="${vendor}", ENV{ID_MODEL_ID}=="${products}", GOTO="${label}"`;
}

/** Where the very rules lie that udev goes by; undefined where it has none of that name, or others. */
export async function modemRulesInForce(
  folders: Pick<SystemFolders, 'etc' | 'run' | 'lib'>,
): Promise<string | undefined> {
  for (const folder of ruleFolders(folders)) {
    const file = join(folder, modemRulesName);
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error.code);
    if (text !== 'ENOENT') return text === modemRules() ? file : undefined;
  }
  return undefined;
}

/** Modems that the table of ports knows and whose makers make mostly other things, by vendor. */
function modemsOfOthers(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const theirs = knownModems().filter((ids) => isInModemRules(ids) && !modemVendors.has(ids.vendorId));
  for (const { vendorId, productId } of theirs.sort((a, b) => order(a) - order(b))) {
    found.set(vendorId, [...(found.get(vendorId) ?? []), productId]);
  }
  return found;
}

function order({ vendorId, productId }: UsbIds): number {
  return Number.parseInt(vendorId + productId, 16);
}
