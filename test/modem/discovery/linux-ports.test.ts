import { describe, expect, it } from 'vitest';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import { bridge, type FakeDevice, FakeSystem, huaweiStick, quectelStick } from './fake-system.ts';

function listing(system: FakeSystem) {
  return new LinuxPorts(system.folders).list();
}

describe('the ports of a Linux', () => {
  it('stand with the device and the interface that each belongs to', async () => {
    const system = new FakeSystem();
    system.plug(huaweiStick);
    const { ports, devices } = await listing(system);
    expect(ports.map(({ path, interface: face }) => [path, face?.number, face?.driver])).toEqual([
      [system.path('ttyUSB0'), 0, 'option'],
      [system.path('ttyUSB1'), 1, 'option'],
      [system.path('ttyUSB2'), 2, 'option'],
    ]);
    expect(new Set(ports.map(({ device }) => device))).toEqual(new Set(devices));
    expect(devices).toMatchObject([
      { key: '1-1.4', vendorId: '12d1', productId: '1506', manufacturer: 'HUAWEI', serialNumber: undefined },
    ]);
    expect(devices[0]?.interfaces[3]).toEqual({
      number: 5,
      class: 0x08,
      subclass: 0x06,
      protocol: 0x50,
      driver: 'usb-storage',
    });
    expect(devices[0]?.node).toBe(system.path('bus/usb/001/003'));
  });

  it('are found for both kinds of driver, the numbers in their order', async () => {
    const system = new FakeSystem();
    const acm = (number: number) => ({
      number,
      codes: '020201',
      driver: 'cdc_acm',
      tty: `ttyACM${number + 4}`,
    });
    const device: FakeDevice = { socket: '2-1', id: '1546:1102', interfaces: [acm(0), acm(2), acm(6)] };
    system.plug(device);
    const { ports } = await listing(system);
    expect(ports.map(({ path, interface: face }) => [path, face?.number])).toEqual([
      [system.path('ttyACM4'), 0],
      [system.path('ttyACM6'), 2],
      [system.path('ttyACM10'), 6],
    ]);
    expect(ports.every(({ device: owner }) => owner?.key === '2-1')).toBe(true);
  });

  it('count built-in ones, but neither consoles nor places where no port is', async () => {
    const system = new FakeSystem();
    system.builtIn('ttyS0');
    system.builtIn('ttyS1', '0');
    const { ports } = await listing(system);
    expect(ports).toEqual([
      {
        path: system.path('ttyS0'),
        device: undefined,
        interface: undefined,
        title: undefined,
        present: true,
      },
    ]);
  });

  it('that were not passed to this container are told as not present', async () => {
    const system = new FakeSystem();
    system.plug(bridge);
    system.hide('ttyUSB9');
    expect((await listing(system)).ports).toMatchObject([{ present: false, device: { vendorId: '1a86' } }]);
  });

  it('leave hubs out, and know devices without ports', async () => {
    const system = new FakeSystem();
    system.plug({ socket: '1-1', id: '0424:2514', deviceClass: '09', interfaces: [] });
    system.plug({ socket: '1-5', id: '12d1:1f01', interfaces: [{ number: 0, codes: '080650' }] });
    const { ports, devices } = await listing(system);
    expect(ports).toEqual([]);
    expect(devices.map(({ key }) => key)).toEqual(['1-5']);
  });

  it('are none where /sys is not there', async () => {
    const folders = { sys: '/nowhere/sys', dev: '/nowhere/dev' };
    expect(await new LinuxPorts(folders).list()).toEqual({ ports: [], devices: [] });
  });
});

describe('the signature of what is plugged in', () => {
  it('changes with what comes and goes, and with a replug that no listing saw', async () => {
    const system = new FakeSystem();
    const source = new LinuxPorts(system.folders);
    const seen = [await source.signature()];
    const changes = [
      () => system.plug(quectelStick),
      () => system.hide('ttyUSB5'),
      () => system.plug(bridge),
      () => {
        system.unplug(bridge);
        system.plug(bridge);
      },
      () => system.unplug(quectelStick),
    ];
    for (const change of changes) {
      change();
      seen.push(await source.signature());
      expect(await source.signature()).toBe(seen.at(-1));
    }
    expect(new Set(seen).size).toBe(changes.length + 1);
  });
});
