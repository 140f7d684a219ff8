import type { Remedy } from '../obstacle.ts';
import { type DeviceUser, DeviceUsers } from './device-users.ts';
import type { ListedPort } from './listed-port.ts';
import type { PortName } from './port-names.ts';
import { explainRights, type PortAsker } from './port-rights.ts';
import type { SystemFolders } from './system-folders.ts';
import { ignoredByModemManager } from './udev-rules.ts';
import type { UsbDevice } from './usb-device.ts';

/** Why a port cannot be opened, and what helps. */
export interface RefusalReason {
  readonly sentence: string;
  readonly remedy: Remedy | undefined;
}

/** Who has a port: the program by its name, and how it is kept away. Undefined where nobody can be named. */
export async function reasonOfBusyPort(
  { path, device }: Pick<ListedPort, 'path' | 'device'>,
  folders: SystemFolders,
  named = false,
): Promise<RefusalReason | undefined> {
  const [user] = await (await DeviceUsers.read(folders)).of(path);
  return user && reasonOfUser({ shown: path, named }, user, device);
}

/** What a program that has a port means for a person. */
export function reasonOfUser(
  { shown, named }: PortName,
  user: DeviceUser,
  device: UsbDevice | undefined,
): RefusalReason {
  const { program, pid, service } = user;
  const held = `${shown} is held by ${program} (process ${pid}).`;
  if (program === 'ModemManager' && device) {
    return {
      sentence: `${held} Tell it to leave this modem alone: save the file, run the commands, then plug the modem in again.`,
      remedy: ignoredByModemManager(device),
    };
  }
  if (pid === process.pid)
    return { sentence: `${shown} is still held by Postern itself.`, remedy: undefined };
  return {
    sentence: `${held} Stop that program, or ${named ? 'name another port' : `leave the port to it with --never-touch ${shown}`}.`,
    remedy: { commands: [service ? `sudo systemctl disable --now ${service}` : `sudo kill ${pid}`] },
  };
}

/** Why this user may not open a port; undefined where its rights do not tell. */
export async function reasonOfForbiddenPort(
  { path, device }: Pick<ListedPort, 'path' | 'device'>,
  folders: SystemFolders,
  asker: PortAsker,
): Promise<RefusalReason | undefined> {
  return explainRights(path, device, asker, folders.etc);
}
