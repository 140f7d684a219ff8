import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Remedy } from '../obstacle.ts';
import { isInModemRules } from './modem-rules.ts';
import type { SystemFolders } from './system-folders.ts';
import { givenToGroup } from './udev-rules.ts';
import type { UsbDevice } from './usb-device.ts';

/** Who asks for a port. */
export interface PortAsker {
  readonly uid: number;
  readonly groups: readonly number[];
  readonly user: string;
  /** Variables of the process: a sandbox shows in them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The user that this process runs as. Systems without such rights let everybody open a port. */
export function thisUser(): PortAsker {
  const groups = [process.getegid?.() ?? 0, ...(process.getgroups?.() ?? [])];
  return {
    uid: process.getuid?.() ?? administrator,
    groups,
    user: nameOfUser(),
    environment: process.env,
  };
}

/** A container may run under a number that has no name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}

/** The owner and the rights of a device file. */
export interface FileRights {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

const administrator = 0;
const readAndWrite = 0o6;

/** Whether the rights of a device file let somebody read and write it. */
export function mayOpen({ uid, gid, mode }: FileRights, asker: PortAsker): boolean {
  if (asker.uid === administrator) return true;
  if (asker.uid === uid) return allows(mode >> 6);
  return allows(asker.groups.includes(gid) ? mode >> 3 : mode);
}

function allows(bits: number): boolean {
  return (bits & readAndWrite) === readAndWrite;
}

/** Why somebody may not open a port that is called `shown`, and what helps; undefined where the file is not there. */
export async function explainRights(
  path: string,
  device: UsbDevice | undefined,
  asker: PortAsker,
  etc: SystemFolders['etc'],
  shown = path,
): Promise<{ readonly sentence: string; readonly remedy: Remedy } | undefined> {
  const rights = await stat(path).catch(() => undefined);
  if (!rights) return undefined;
  const group = await groupName(rights.gid, etc);
  return reasonOfRights(path, rights, group, device, asker, shown);
}

/** The same, from rights that are known. */
export function reasonOfRights(
  path: string,
  rights: Pick<FileRights, 'gid' | 'mode'>,
  group: string,
  device: UsbDevice | undefined,
  asker: PortAsker,
  shown = path,
): { readonly sentence: string; readonly remedy: Remedy } {
  const sandbox = sandboxRemedy(asker.environment);
  if (sandbox)
    return {
      sentence: `${shown} cannot be seen from inside this package. Let it use serial ports.`,
      remedy: sandbox,
    };
  if (rights.gid === administrator || !allows(rights.mode >> 3)) {
    return {
      sentence: `${shown} may be opened by the administrator alone. Give it to the group dialout, and ${asker.user} to that group.`,
      remedy: device
        ? givenToGroup(device, 'dialout', asker.user)
        : {
            commands: [
              `sudo chgrp dialout ${path}`,
              `sudo chmod 660 ${path}`,
              `sudo usermod -aG dialout ${asker.user}`,
            ],
          },
    };
  }
  return {
    sentence: `${shown} may be opened by the group ${group} alone, and ${asker.user} is not in it. Run the command, then sign in anew (a service: restart it).`,
    remedy: {
      commands: [`sudo usermod -aG ${group} ${asker.user}`],
      ...(device && isInModemRules(device) && { rules: true }),
    },
  };
}

/** A snap or a flatpak is given serial ports from outside. */
function sandboxRemedy({ SNAP_NAME, FLATPAK_ID }: PortAsker['environment']): Remedy | undefined {
  if (SNAP_NAME) return { commands: [`sudo snap connect ${SNAP_NAME}:serial-port`] };
  return FLATPAK_ID ? { commands: [`flatpak override --user --device=all ${FLATPAK_ID}`] } : undefined;
}

/** The name of a group by /etc/group; its number where it has none. */
export async function groupName(gid: number, etc: string): Promise<string> {
  const lines = (await readFile(join(etc, 'group'), 'utf8').catch(() => '')).split('\n');
  return lines.find((line) => line.split(':')[2] === String(gid))?.split(':')[0] ?? String(gid);
}
