import type { PortView } from '../contract/port.ts';
import { DeviceUsers } from '../modem/discovery/device-users.ts';
import type { PortSource } from '../modem/discovery/listed-port.ts';
import { groupName, groupPorts } from '../modem/discovery/port-group.ts';
import { portUse } from '../modem/discovery/port-use.ts';
import type { SystemFolders } from '../modem/discovery/system-folders.ts';

/** The serial ports of this machine as they are now, by device, and who holds them. Nothing is opened for it. */
export async function portViews(source: PortSource, folders: SystemFolders): Promise<PortView[]> {
  const [{ ports }, users] = await Promise.all([source.list(), DeviceUsers.read(folders)]);
  const seen = groupPorts(ports).flatMap((group) => group.ports.map((port) => ({ group, port })));
  return Promise.all(
    seen.map(async ({ group, port }) => ({
      path: port.path,
      device: group.device ? groupName(group) : null,
      use: portUse(group, port),
      held_by: (await users.of(port.path))
        .filter(({ pid }) => pid !== process.pid)
        .map(({ program, pid }) => ({ program, pid })),
    })),
  );
}
