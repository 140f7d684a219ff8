import { Command } from 'commander';
import { type DeviceUser, DeviceUsers } from '../modem/discovery/device-users.ts';
import { groupName, groupPorts, type PortGroup } from '../modem/discovery/port-group.ts';
import { type PortUse, portUse } from '../modem/discovery/port-use.ts';
import { systemFolders } from '../modem/discovery/system-folders.ts';
import { systemPorts } from '../modem/discovery/system-port.ts';
import { table } from './table.ts';

/** `postern ports`: what is plugged in, by device; nothing is opened for it. */
export function portsCommand(): Command {
  return new Command('ports')
    .description('list the serial ports that are plugged in, by device, and who holds them')
    .action(async () => {
      const { ports } = await systemPorts().list();
      const users = await DeviceUsers.read(systemFolders);
      process.stdout.write(`${await portsText(groupPorts(ports), (path) => users.of(path))}\n`);
      if (ports.length > 0 && !seesAllPrograms()) {
        process.stderr.write(
          'Programs of other users are seen by the administrator alone: sudo postern ports.\n',
        );
      }
    });
}

/** The table of all ports, or what to do where there is none. */
export async function portsText(
  groups: readonly PortGroup[],
  usersOf: (path: string) => Promise<readonly DeviceUser[]>,
): Promise<string> {
  if (groups.length === 0)
    return 'No serial port is plugged in. Plug a modem into a USB socket, or try "postern serve --emulate 1".';
  const rows = await Promise.all(groups.flatMap((group) => rowsOf(group, usersOf)));
  return table(['DEVICE', 'PORT', 'USE', 'HELD BY'], rows);
}

/** A device is named beside its first port. */
function rowsOf(
  group: PortGroup,
  usersOf: (path: string) => Promise<readonly DeviceUser[]>,
): Promise<string[]>[] {
  return group.ports.map(async (port, at) => {
    const users = await usersOf(port.path);
    const name = group.device ? groupName(group) : 'built in';
    const held = users.map(({ program, pid }) => `${program} (${pid})`).join(', ');
    return [at === 0 ? name : '', port.path, useWords[portUse(group, port)], held];
  });
}

const useWords: Readonly<Record<PortUse, string>> = {
  modem: 'AT commands',
  spare: 'AT commands (spare)',
  data: 'AT commands (for data calls)',
  closed: 'diagnostics or positioning, left alone',
  of_modem: 'of a modem',
  bridge: 'serial cable, tried last',
  maybe: 'perhaps a modem, tried last',
  no_modem: 'no modem, left alone',
  built_in: 'only used when named with --modem',
  hidden: 'not visible here',
};

/** Linux shows only the administrator which files the programs of others have open. */
function seesAllPrograms(): boolean {
  return process.platform !== 'linux' || process.getuid?.() === 0;
}
