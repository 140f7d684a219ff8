import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/modem/discovery/device-kind.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import { groupPorts } from '../../../src/modem/discovery/port-group.ts';
import { rankPorts, roleOf } from '../../../src/modem/discovery/port-role.ts';
import { type FakeDevice, FakeSystem, huaweiStick, quectelStick } from './fake-system.ts';

async function ranked(device: FakeDevice): Promise<string[]> {
  const system = new FakeSystem();
  system.plug(device);
  const { ports } = await new LinuxPorts(system.folders).list();
  const [group] = groupPorts(ports);
  return rankPorts(group?.ports ?? []).map(({ path }) => basename(path));
}

function device(id: string, interfaces: FakeDevice['interfaces'], product?: string): FakeDevice {
  return { socket: '1-1', id, interfaces, ...(product && { product }) };
}

const acm = (number: number, driver = 'cdc_acm') => ({
  number,
  codes: '020201',
  driver,
  tty: `ttyACM${number}`,
});
const option = (number: number, codes = 'ffffff') => ({
  number,
  codes,
  driver: 'option',
  tty: `ttyUSB${number}`,
});

describe('the ports of a device are tried', () => {
  it.each<[string, FakeDevice, string[]]>([
    ['by the table of ids: never diagnostics or positioning', quectelStick, ['ttyUSB5', 'ttyUSB6']],
    [
      'by the marks of Huawei: the command port, then the one for data',
      huaweiStick,
      ['ttyUSB2', 'ttyUSB0', 'ttyUSB1'],
    ],
    [
      'by the table, the first before the second whatever their numbers',
      device(
        '19d2:0117',
        [0, 1, 2].map((number) => option(number)),
      ),
      ['ttyUSB2', 'ttyUSB1', 'ttyUSB0'],
    ],
    [
      'in the order of interfaces where nobody knows the device',
      device(
        '2cb7:ffff',
        [3, 0, 1].map((number) => option(number)),
      ),
      ['ttyUSB0', 'ttyUSB1', 'ttyUSB3'],
    ],
    [
      'with those of a class for AT commands first',
      device('1e2d:ffff', [option(0), acm(2), acm(4)]),
      ['ttyACM2', 'ttyACM4', 'ttyUSB0'],
    ],
    ['where there is but one', device('1e0e:ffff', [option(0)]), ['ttyUSB0']],
  ])('%s', async (_, plugged, expected) => {
    expect(await ranked(plugged)).toEqual(expected);
  });

  it('that a maker wants left alone are not tried even where no other is', async () => {
    expect(await ranked(device('2c7c:0125', [option(0), option(1)]))).toEqual([]);
  });
});

describe('what a device is', () => {
  it.each([
    ['12d1:1506', 'modem', [option(0)]],
    ['2c7c:0125', 'modem', [option(2)]],
    ['1a86:7523', 'bridge', [{ number: 0, codes: 'ff0102', driver: 'ch341' }]],
    ['0403:6001', 'bridge', [{ number: 0, codes: 'ffffff', driver: 'ftdi_sio' }]],
    ['abcd:0001', 'bridge', [{ number: 0, codes: 'ff0000', driver: 'cp210x' }]],
    ['abcd:0002', 'maybe', [acm(0)]],
    ['abcd:0003', 'modem', [option(0)]],
    ['2341:0043', 'other', [acm(0)]],
    ['1546:01a8', 'other', [acm(0)]],
    ['046d:c52b', 'other', [{ number: 0, codes: '030101', driver: 'usbhid' }]],
  ])('%s: %s', async (id, kind, interfaces) => {
    const system = new FakeSystem();
    system.plug(device(id, interfaces));
    const { devices } = await new LinuxPorts(system.folders).list();
    expect(devices.map(kindOf)).toEqual([kind]);
  });

  it.each([
    ['MultiTech GSM modem', 'modem'],
    ['SONOFF Zigbee 3.0 USB Dongle Plus V2', 'other'],
    ['CP2102 USB to UART Bridge Controller', 'bridge'],
  ])('behind a bridge, by its name: %s is %s', async (product, kind) => {
    const system = new FakeSystem();
    system.plug(device('10c4:ea60', [{ number: 0, codes: 'ff0000', driver: 'cp210x' }], product));
    const { devices } = await new LinuxPorts(system.folders).list();
    expect(devices.map(kindOf)).toEqual([kind]);
  });

  it('on the main board has no role', async () => {
    const system = new FakeSystem();
    system.builtIn('ttyS0');
    const { ports } = await new LinuxPorts(system.folders).list();
    expect(groupPorts(ports)).toMatchObject([{ kind: 'built-in', key: system.path('ttyS0') }]);
    expect(ports.map(roleOf)).toEqual(['unknown']);
  });
});
