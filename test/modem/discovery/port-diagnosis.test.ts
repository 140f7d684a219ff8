import { chmodSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DeviceUsers } from '../../../src/modem/discovery/device-users.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import { NeverTouch } from '../../../src/modem/discovery/never-touch.ts';
import { diagnoseNamed, diagnosePorts } from '../../../src/modem/discovery/port-diagnosis.ts';
import { PortNames } from '../../../src/modem/discovery/port-names.ts';
import type { PortDiagnosis } from '../../../src/modem/discovery/port-trouble.ts';
import { bridge, FakeSystem, huaweiStick, quectelStick } from './fake-system.ts';

const gatewayPid = 4_711;

async function context(
  system: FakeSystem,
  neverTouch: readonly string[] = [],
  named: readonly string[] = [],
) {
  return {
    folders: system.folders,
    asker: { uid: 1_000, groups: [1_000], user: 'anna', environment: {} },
    users: await DeviceUsers.read(system.folders),
    neverTouch: new NeverTouch(neverTouch),
    gatewayPid,
    names: await PortNames.of(named),
  };
}

async function diagnose(system: FakeSystem, neverTouch: readonly string[] = []): Promise<PortDiagnosis[]> {
  return diagnosePorts(await new LinuxPorts(system.folders).list(), await context(system, neverTouch));
}

/** A stick whose ports everybody may open. */
function plugged(): FakeSystem {
  const system = new FakeSystem();
  system.plug(huaweiStick);
  for (const { tty } of huaweiStick.interfaces) if (tty) chmodSync(system.path(tty), 0o666);
  return system;
}

describe('a modem that is plugged in', () => {
  it('and free is fine', async () => {
    expect(await diagnose(plugged())).toEqual([
      {
        level: 'fine',
        sentence: expect.stringMatching(/HUAWEI Mobile \(12d1:1506\) is free at .*ttyUSB2\./),
      },
    ]);
  });

  it('and served by the gateway that runs is fine', async () => {
    const system = plugged();
    system.run(gatewayPid, 'node', [system.path('ttyUSB2')]);
    expect(await diagnose(system)).toEqual([
      { level: 'fine', sentence: expect.stringContaining('is served by Postern') },
    ]);
  });

  it('and held by another program is a problem', async () => {
    const system = plugged();
    system.run(7, 'gammu-smsd', [system.path('ttyUSB2')]);
    expect(await diagnose(system)).toMatchObject([
      { level: 'problem', sentence: expect.stringContaining('held by gammu-smsd (process 7)') },
    ]);
  });

  it('and not for this user is a problem', async () => {
    const system = plugged();
    chmodSync(system.path('ttyUSB2'), 0o600);
    const [found] = await diagnose(system);
    expect(found?.level).toBe('problem');
    expect(found?.remedy?.commands.at(-1)).toMatch(/^sudo usermod -aG \w+ anna$/);
  });

  it('and hidden from a container is a problem', async () => {
    const system = plugged();
    system.hide('ttyUSB2');
    expect(await diagnose(system)).toMatchObject([
      { level: 'problem', sentence: expect.stringContaining('--device=') },
    ]);
  });

  it('beside a ModemManager that nothing keeps away is a problem, and only a note while it is served', async () => {
    const system = plugged();
    system.run(812, 'ModemManager');
    expect(await diagnose(system)).toMatchObject([
      {
        level: 'problem',
        remedy: { file: { path: '/etc/udev/rules.d/99-postern-modemmanager-12d1-1506.rules' } },
      },
    ]);
    system.run(gatewayPid, 'node', [system.path('ttyUSB2')]);
    expect((await diagnose(system)).map(({ level }) => level)).toEqual(['fine', 'hint']);
    system.file('etc', 'udev/rules.d/99-x.rules', 'ATTRS{idVendor}=="12d1", ENV{ID_MM_DEVICE_IGNORE}="1"\n');
    expect((await diagnose(system)).map(({ level }) => level)).toEqual(['fine']);
  });

  it('and to be left alone is fine, whatever else holds for it', async () => {
    const system = plugged();
    system.run(7, 'gammu-smsd', [system.path('ttyUSB2')]);
    expect(await diagnose(system, ['12d1:*'])).toEqual([
      { level: 'fine', sentence: expect.stringContaining('left alone') },
    ]);
  });

  it('without a port is a problem with its remedy', async () => {
    const system = new FakeSystem();
    system.plug({ socket: '1-1', id: '19d2:2000', interfaces: [{ number: 0, codes: '080650' }] });
    expect(await diagnose(system)).toMatchObject([
      { level: 'problem', sentence: expect.stringContaining('CD-ROM') },
    ]);
    expect(await diagnose(system, ['19d2:2000'])).toMatchObject([{ level: 'fine' }]);
  });

  it('are looked at each by itself', async () => {
    const system = plugged();
    system.plug(quectelStick);
    chmodSync(system.path('ttyUSB5'), 0o600);
    expect((await diagnose(system)).map(({ level }) => level).sort()).toEqual(['fine', 'problem']);
  });
});

describe('a bridge', () => {
  it('that somebody holds, or that is not for this user, is only worth a note', async () => {
    const system = new FakeSystem();
    system.plug(bridge);
    chmodSync(system.path('ttyUSB9'), 0o600);
    expect(await diagnose(system)).toMatchObject([{ level: 'hint' }]);
    system.run(7, 'zigbee2mqtt', [system.path('ttyUSB9')]);
    expect(await diagnose(system)).toMatchObject([
      { level: 'hint', sentence: expect.stringContaining('zigbee2mqtt') },
    ]);
  });
});

describe('a port that a person named', () => {
  async function named(system: FakeSystem, tty: string): Promise<PortDiagnosis[]> {
    const listing = await new LinuxPorts(system.folders).list();
    const paths = [system.path(tty)];
    return diagnoseNamed(paths, listing, await context(system, [], paths));
  }

  it('by a link of his own is called as he called it, with its target in brackets', async () => {
    const system = new FakeSystem();
    system.builtIn('ttyS0');
    chmodSync(system.path('ttyS0'), 0o600);
    const link = system.path('my-modem');
    symlinkSync(system.path('ttyS0'), link);
    const [found] = await diagnoseNamed([link], await new LinuxPorts(system.folders).list(), {
      ...(await context(system, [], [link])),
    });
    expect(found?.sentence).toContain(`${link} (${system.path('ttyS0')}) may be opened by`);
  });

  it('of a device is judged in its place, by the name that was given', async () => {
    const system = plugged();
    const link = system.path('my-stick');
    symlinkSync(system.path('ttyUSB0'), link);
    const listing = await new LinuxPorts(system.folders).list();
    const found = await diagnosePorts(listing, await context(system, [], [link]));
    expect(found).toMatchObject([
      { level: 'fine', sentence: expect.stringContaining(`is free at ${link} (${system.path('ttyUSB0')}).`) },
    ]);
  });

  it('and that another program holds is not said to be left to it', async () => {
    const system = new FakeSystem();
    system.builtIn('ttyS0');
    chmodSync(system.path('ttyS0'), 0o666);
    system.run(7, 'agetty', [system.path('ttyS0')]);
    const [found] = await named(system, 'ttyS0');
    expect(found?.sentence).toContain('Stop that program, or name another port.');
    expect(found?.sentence).not.toContain('--never-touch');
  });

  it('on the main board is a problem where another program holds it', async () => {
    const system = new FakeSystem();
    system.builtIn('ttyS0');
    chmodSync(system.path('ttyS0'), 0o666);
    expect(await named(system, 'ttyS0')).toEqual([]);
    system.run(7, 'agetty', [system.path('ttyS0')]);
    expect(await named(system, 'ttyS0')).toMatchObject([
      { level: 'problem', sentence: expect.stringContaining('agetty') },
    ]);
  });

  it('that is away is worth a note', async () => {
    expect(await named(new FakeSystem(), 'ttyUSB7')).toMatchObject([
      { level: 'hint', sentence: expect.stringContaining('is not plugged in') },
    ]);
  });

  it('of a device is looked at with the device', async () => {
    const system = plugged();
    system.run(7, 'gammu-smsd', [system.path('ttyUSB2')]);
    expect(await named(system, 'ttyUSB2')).toEqual([]);
  });
});
