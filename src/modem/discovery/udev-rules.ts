import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Remedy } from '../obstacle.ts';
import { isInModemRules, isKeptByModemRules, modemRulesInForce, ruleFolders } from './modem-rules.ts';
import type { SystemFolders } from './system-folders.ts';
import { type UsbDevice, usbId } from './usb-device.ts';

/** What makes udev read its rules again and apply them to what is plugged in. */
const reload = ['sudo udevadm control --reload', 'sudo udevadm trigger'];

/** Keeps ModemManager away from a device. It reads the mark when the device appears, so that a replug must follow. */
export function ignoredByModemManager(device: UsbDevice): Remedy {
  return {
    file: {
      path: ruleFile(device, 'modemmanager'),
      content: [
        'ACTION!="add|change|move|bind", GOTO="postern_end"',
        `${matching(device)}, ENV{ID_MM_DEVICE_IGNORE}="1"`,
        'LABEL="postern_end"',
        '',
      ].join('\n'),
    },
    commands: reload,
    ...(isKeptByModemRules(device) && { rules: true }),
  };
}

/** Gives the device files of a device to a group, where the system gave them to nobody but the administrator. */
export function givenToGroup(device: UsbDevice, group: string, user: string): Remedy {
  return {
    file: {
      path: ruleFile(device, 'group'),
      content: `SUBSYSTEM=="tty", ${matching(device)}, GROUP="${group}", MODE="0660"\n`,
    },
    commands: [...reload, `sudo usermod -aG ${group} ${user}`],
    ...(isInModemRules(device) && { rules: true }),
  };
}

/** Tells Linux's driver for modems of ids that it does not know, now and at each plugging-in. */
export function servedByOption(device: UsbDevice): Remedy {
  const ids = `${device.vendorId} ${device.productId}`;
  const newId = '/sys/bus/usb-serial/drivers/option1/new_id';
  return {
    file: {
      path: ruleFile(device, 'option'),
      content: `ACTION=="add", SUBSYSTEM=="usb", ATTR{idVendor}=="${device.vendorId}", ATTR{idProduct}=="${device.productId}", RUN+="/bin/sh -c 'modprobe option && echo ${ids} > ${newId}'"\n`,
    },
    commands: ['sudo modprobe option', `echo ${ids} | sudo tee ${newId}`],
  };
}

function matching({ vendorId, productId }: UsbDevice): string {
  return `ATTRS{idVendor}=="${vendorId}", ATTRS{idProduct}=="${productId}"`;
}

function ruleFile(device: UsbDevice, purpose: string): string {
  return `/etc/udev/rules.d/99-postern-${purpose}-${usbId(device).replace(':', '-')}.rules`;
}

/** Whether a rule on this machine keeps ModemManager away from a device. */
export async function isIgnoredByModemManager(
  device: UsbDevice,
  folders: Pick<SystemFolders, 'etc' | 'run' | 'lib'>,
): Promise<boolean> {
  if (isKeptByModemRules(device) && (await modemRulesInForce(folders))) return true;
  const lines = (await Promise.all(ruleFolders(folders).map(linesOf))).flat();
  return lines.some((line) => concerns(line, device));
}

/** A rule without a product is for all of a maker. */
function concerns(line: string, { vendorId, productId }: UsbDevice): boolean {
  if (!/ID_MM_DEVICE_IGNORE\}="1"/.test(line)) return false;
  const of = (name: string) => new RegExp(`${name}\\}=="([0-9a-f]{4})"`, 'i').exec(line)?.[1]?.toLowerCase();
  return of('idVendor') === vendorId && (of('idProduct') ?? productId) === productId;
}

async function linesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const rules = names.filter((name) => name.endsWith('.rules'));
  const texts = await Promise.all(rules.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.flatMap((text) => text.split('\n')).filter((line) => !line.trimStart().startsWith('#'));
}
