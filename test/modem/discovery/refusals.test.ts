import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DeviceUsers, runningPrograms } from '../../../src/modem/discovery/device-users.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import type { ListedPort } from '../../../src/modem/discovery/listed-port.ts';
import { groupName, mayOpen, reasonOfRights } from '../../../src/modem/discovery/port-rights.ts';
import { reasonOfBusyPort, reasonOfForbiddenPort } from '../../../src/modem/discovery/refusal-reason.ts';
import { isIgnoredByModemManager } from '../../../src/modem/discovery/udev-rules.ts';
import { FakeSystem, huaweiStick } from './fake-system.ts';

async function plugged(): Promise<{ system: FakeSystem; port: ListedPort }> {
  const system = new FakeSystem();
  system.plug(huaweiStick);
  const { ports } = await new LinuxPorts(system.folders).list();
  return { system, port: ports[2] as ListedPort };
}

const asker = { uid: 1000, groups: [1000], user: 'anna', environment: {} };

describe('a port that another program holds', () => {
  it('is told with the program; for ModemManager with the rule for this very device', async () => {
    const { system, port } = await plugged();
    system.run(500, 'systemd', ['/dev/null', 'socket:[4711]']);
    system.run(812, 'ModemManager', [system.path('null'), port.path]);
    const reason = await reasonOfBusyPort(port, system.folders);
    expect(reason?.sentence).toContain(`${port.path} is held by ModemManager (process 812).`);
    expect(reason?.remedy).toEqual({
      file: {
        path: '/etc/udev/rules.d/99-postern-modemmanager-12d1-1506.rules',
        content: [
          'ACTION!="add|change|move|bind", GOTO="postern_end"',
          'ATTRS{idVendor}=="12d1", ATTRS{idProduct}=="1506", ENV{ID_MM_DEVICE_IGNORE}="1"',
          'LABEL="postern_end"',
          '',
        ].join('\n'),
      },
      commands: ['sudo udevadm control --reload', 'sudo udevadm trigger'],
      rules: true,
    });
  });

  it.each([
    ['0::/system.slice/gammu-smsd.service', 'sudo systemctl disable --now gammu-smsd.service'],
    ['0::/system.slice/system-sms.slice/sms@one.service', 'sudo systemctl disable --now sms@one.service'],
    ['0::/user.slice/user-1000.slice/session-3.scope', 'sudo kill 99'],
  ])('is got back by ending that program, in %s', async (group, command) => {
    const { system, port } = await plugged();
    system.run(99, 'gammu-smsd', [port.path], group);
    const reason = await reasonOfBusyPort(port, system.folders);
    expect(reason?.sentence).toContain('held by gammu-smsd (process 99)');
    expect(reason?.remedy?.commands).toEqual([command]);
  });

  it('under another name is found by what it is', async () => {
    const { system, port } = await plugged();
    system.run(7, 'wvdial', [`${system.folders.dev}/../dev/ttyUSB2`]);
    const users = await DeviceUsers.read(system.folders);
    expect(await users.of(port.path)).toMatchObject([{ pid: 7, program: 'wvdial' }]);
    expect(await users.of(system.path('ttyUSB1'))).toEqual([]);
  });

  it('by a program that Node runs is told by the name of its script', async () => {
    const { system, port } = await plugged();
    system.run(7, 'node-MainThread', [port.path]);
    system.file('proc', '7/cmdline', '/usr/bin/node\0/opt/zwave/server.js\0--port\0');
    expect(await (await DeviceUsers.read(system.folders)).of(port.path)).toMatchObject([
      { program: 'server.js' },
    ]);
  });

  it('by this very program, whose old handle is not yet let go, is told as that', async () => {
    const { system, port } = await plugged();
    system.run(process.pid, 'node', [port.path]);
    const reason = await reasonOfBusyPort(port, system.folders);
    expect(reason).toEqual({ sentence: `${port.path} is still held by Postern itself.`, remedy: undefined });
  });

  it('is told without a name where none can be seen', async () => {
    const { system, port } = await plugged();
    expect(await reasonOfBusyPort(port, system.folders)).toBeUndefined();
    expect(await reasonOfBusyPort(port, { ...system.folders, proc: '/nowhere' })).toBeUndefined();
  });
});

describe('programs', () => {
  it('that run are known by name', async () => {
    const system = new FakeSystem();
    system.run(1, 'systemd');
    system.run(2, 'brltty');
    system.end(1);
    expect(await runningPrograms(system.folders.proc)).toEqual(new Set(['brltty']));
  });
});

describe('a rule that keeps ModemManager away', () => {
  it.each([
    ['of these ids', 'ATTRS{idVendor}=="12d1", ATTRS{idProduct}=="1506", ENV{ID_MM_DEVICE_IGNORE}="1"', true],
    ['of the maker', 'ATTRS{idVendor}=="12D1", ENV{ID_MM_DEVICE_IGNORE}="1"', true],
    [
      'of other ids',
      'ATTRS{idVendor}=="12d1", ATTRS{idProduct}=="1001", ENV{ID_MM_DEVICE_IGNORE}="1"',
      false,
    ],
    ['that is commented out', '# ATTRS{idVendor}=="12d1", ENV{ID_MM_DEVICE_IGNORE}="1"', false],
    ['for something else', 'ATTRS{idVendor}=="12d1", MODE="0660"', false],
  ])('%s', async (_, line, ignored) => {
    const { system, port } = await plugged();
    if (!port.device) throw new Error('no device');
    system.file('etc', 'udev/rules.d/99-x.rules', `${line}\n`);
    expect(await isIgnoredByModemManager(port.device, system.folders)).toBe(ignored);
  });
});

describe('a port that this user may not open', () => {
  it.each([
    [{ uid: 0, gid: 20, mode: 0o660 }, asker, false],
    [{ uid: 0, gid: 20, mode: 0o660 }, { ...asker, groups: [1000, 20] }, true],
    [{ uid: 0, gid: 20, mode: 0o640 }, { ...asker, groups: [20] }, false],
    [{ uid: 0, gid: 20, mode: 0o666 }, asker, true],
    [{ uid: 1000, gid: 0, mode: 0o600 }, asker, true],
    [{ uid: 0, gid: 0, mode: 0o600 }, { ...asker, uid: 0 }, true],
  ])('%j for %j: %j', (rights, who, allowed) => {
    expect(mayOpen(rights, who)).toBe(allowed);
  });

  it('is told with the group that owns it', async () => {
    const { port } = await plugged();
    const reason = reasonOfRights(port.path, { gid: 14, mode: 0o660 }, 'uucp', port.device, asker);
    expect(reason.sentence).toContain('may be opened by the group uucp alone, and anna is not in it');
    expect(reason.remedy).toEqual({ commands: ['sudo usermod -aG uucp anna'], rules: true });
    const cable = reasonOfRights(port.path, { gid: 14, mode: 0o660 }, 'uucp', undefined, asker);
    expect(cable.remedy).toEqual({ commands: ['sudo usermod -aG uucp anna'] });
  });

  it('belongs to a group by its name, or by its number where it has none', async () => {
    const { system } = await plugged();
    system.file('etc', 'group', 'root:x:0:\ndialout:x:20:ben\n');
    expect(await groupName(20, system.folders.etc)).toBe('dialout');
    expect(await groupName(997, system.folders.etc)).toBe('997');
  });

  it('is given to a group by a rule where it belongs to nobody but the administrator', async () => {
    const { system, port } = await plugged();
    chmodSync(port.path, 0o600);
    const reason = await reasonOfForbiddenPort(port, system.folders, asker);
    expect(reason?.remedy).toEqual({
      file: {
        path: '/etc/udev/rules.d/99-postern-group-12d1-1506.rules',
        content:
          'SUBSYSTEM=="tty", ATTRS{idVendor}=="12d1", ATTRS{idProduct}=="1506", GROUP="dialout", MODE="0660"\n',
      },
      commands: ['sudo udevadm control --reload', 'sudo udevadm trigger', 'sudo usermod -aG dialout anna'],
      rules: true,
    });
  });

  it.each([
    [{ SNAP_NAME: 'postern' }, 'sudo snap connect postern:serial-port'],
    [{ FLATPAK_ID: 'org.postern.Postern' }, 'flatpak override --user --device=all org.postern.Postern'],
  ])('inside a package is opened from outside: %j', async (environment, command) => {
    const { system, port } = await plugged();
    const reason = await reasonOfForbiddenPort(port, system.folders, { ...asker, environment });
    expect(reason?.remedy?.commands).toEqual([command]);
  });
});
