import { Command } from 'commander';
import { type DeviceUser, DeviceUsers } from '../modem/discovery/device-users.ts';
import type { ListedPort } from '../modem/discovery/listed-port.ts';
import { groupName, groupPorts, type PortGroup } from '../modem/discovery/port-group.ts';
import { type PortRole, roleOf } from '../modem/discovery/port-role.ts';
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
    return [at === 0 ? name : '', port.path, useOf(group, port), held];
  });
}

const roleWords: Readonly<Record<PortRole, string>> = {
  primary: 'AT commands',
  secondary: 'AT commands (spare)',
  data: 'AT commands (for data calls)',
  closed: 'diagnostics or positioning, left alone',
  unknown: '',
};

const kindWords: Readonly<Record<PortGroup['kind'], string>> = {
  modem: 'of a modem',
  bridge: 'serial cable, tried last',
  maybe: 'perhaps a modem, tried last',
  other: 'no modem, left alone',
  'built-in': 'only used when named with --modem',
};

function useOf(group: PortGroup, port: ListedPort): string {
  if (!port.present) return 'not visible here';
  const ofModem = group.kind === 'modem' ? roleWords[roleOf(port)] : '';
  return ofModem || kindWords[group.kind];
}

/** Linux shows only the administrator which files the programs of others have open. */
function seesAllPrograms(): boolean {
  return process.platform !== 'linux' || process.getuid?.() === 0;
}
