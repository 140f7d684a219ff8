import { describe, expect, it } from 'vitest';
import { obstacleOfDevice } from '../../../src/modem/discovery/device-obstacle.ts';
import { LinuxPorts } from '../../../src/modem/discovery/linux-ports.ts';
import type { Obstacle } from '../../../src/modem/obstacle.ts';
import { type FakeInterface, FakeSystem } from './fake-system.ts';

/** What stands in the way of a device that shows no serial port. */
async function obstacle(
  id: string,
  interfaces: readonly FakeInterface[],
  programs: readonly string[] = [],
): Promise<Obstacle | undefined> {
  const system = new FakeSystem();
  system.plug({ socket: '1-1', id, product: 'Thing', interfaces });
  const { devices } = await new LinuxPorts(system.folders).list();
  return devices[0] && obstacleOfDevice(devices[0], new Set(programs));
}

const face = (number: number, codes: string, driver?: string): FakeInterface => ({
  number,
  codes,
  ...(driver && { driver }),
});
const disk = [face(0, '080650', 'usb-storage')];

describe('a stick that shows its CD-ROM', () => {
  it.each([
    ['Huawei', '12d1:1f01', [face(0, '080650', 'usb-storage'), face(1, '080650', 'usb-storage')], '-J'],
    ['one of a known maker with ids that nobody listed', '12d1:1fff', disk, '-J'],
    ['ZTE', '19d2:2000', disk, '-K'],
    ['Sierra', '1199:0fff', disk, '-S'],
    ['a maker of other things, by its ids', '2001:a706', disk, '-K'],
  ])('is told with the way to its modem: %s', async (_, id, interfaces, way) => {
    const found = await obstacle(id, interfaces);
    const [vendor, product] = id.split(':');
    expect(found).toMatchObject({
      code: 'cdrom_mode',
      message: expect.stringContaining(`Thing (${id})`),
      remedy: {
        commands: [
          'sudo apt install usb-modeswitch',
          `sudo usb_modeswitch -v ${vendor} -p ${product} ${way}`,
        ],
      },
    });
  });

  it('is not any USB drive', async () => {
    expect(await obstacle('0781:5567', disk)).toBeUndefined();
  });
});

describe('a stick in network mode', () => {
  it.each([
    ['12d1:14db', [face(0, '020600', 'cdc_ether'), face(1, '0a0000', 'cdc_ether')], 'switchProjectMode'],
    ['12d1:14dc', [face(0, '0202ff', 'rndis_host'), face(2, '080650', 'usb-storage')], 'HiLink (version 22)'],
    ['19d2:1405', [face(0, '020600', 'cdc_ether'), face(2, '080650', 'usb-storage')], 'its web page'],
    ['3566:2001', [face(0, 'e00103', 'rndis_host')], 'manual'],
    ['1bbb:9999', [face(0, '020d00')], 'manual'],
  ])('%s is told with the way to its modem mode', async (id, interfaces, advice) => {
    expect(await obstacle(id, interfaces)).toMatchObject({
      code: 'network_mode',
      message: expect.stringContaining(advice),
    });
  });

  it('of Huawei comes with a file for usb_modeswitch, of ZTE with an address to ask', async () => {
    const stick = await obstacle('12d1:14db', [face(0, '020600', 'cdc_ether')]);
    expect(stick?.remedy?.file?.path).toBe('/etc/usb_modeswitch.d/12d1:1f01');
    expect(stick?.remedy?.file?.content).toMatch(
      /^TargetVendor=0x12d1\nTargetProduct=0x1001\nMessageContent="[0-9]{62}"\n$/,
    );
    const other = await obstacle('19d2:1403', [face(0, 'e00103', 'rndis_host')]);
    expect(other?.remedy?.commands.join()).toContain('switchCmd=FACTORY');
  });

  it('is not any network adapter', async () => {
    expect(await obstacle('0bda:8153', [face(0, '020600', 'cdc_ether')])).toBeUndefined();
  });
});

describe('a modem without a driver', () => {
  it('is told with the line that names one, and the rule that keeps it', async () => {
    const found = await obstacle('2c7c:0999', [face(0, 'ffffff'), face(2, 'ff0000')]);
    expect(found).toMatchObject({
      code: 'no_driver',
      remedy: {
        commands: [
          'sudo modprobe option',
          'echo 2c7c 0999 | sudo tee /sys/bus/usb-serial/drivers/option1/new_id',
        ],
        file: {
          path: '/etc/udev/rules.d/99-postern-option-2c7c-0999.rules',
          content:
            'ACTION=="add", SUBSYSTEM=="usb", ATTR{idVendor}=="2c7c", ATTR{idProduct}=="0999", RUN+="/bin/sh -c \'modprobe option && echo 2c7c 0999 > /sys/bus/usb-serial/drivers/option1/new_id\'"\n',
        },
      },
    });
  });

  it.each([
    ['12d1:ffff', [face(0, '020201')], 'sudo modprobe cdc_acm'],
    ['1a86:7523', [face(0, 'ff0102')], 'sudo modprobe ch341'],
    ['10c4:ea60', [face(0, 'ff0000')], 'sudo modprobe cp210x'],
    ['0403:6001', [face(0, 'ffffff')], 'sudo modprobe ftdi_sio'],
  ])('%s lacks the one of its class', async (id, interfaces, command) => {
    expect(await obstacle(id, interfaces)).toMatchObject({
      code: 'no_driver',
      remedy: { commands: [command] },
    });
  });
});

describe('a modem of packets alone', () => {
  it.each([
    ['QMI', '1199:9071', [face(8, 'ffffff', 'qmi_wwan')]],
    ['MBIM', '1199:9079', [face(12, '020e00', 'cdc_mbim'), face(13, '0a0002', 'cdc_mbim')]],
  ])('%s', async (_, id, interfaces) => {
    expect(await obstacle(id, interfaces)).toMatchObject({
      code: 'packet_only',
      message: expect.stringContaining('AT!USBCOMP'),
    });
  });
});

describe('a bridge whose port brltty has taken', () => {
  it('is told with the way to turn that off', async () => {
    const taken = [face(0, 'ff0102', 'usbfs')];
    expect(await obstacle('1a86:7523', taken, ['systemd', 'brltty'])).toMatchObject({
      code: 'brltty',
      remedy: { commands: ['sudo systemctl mask --now brltty-udev.service brltty.service'] },
    });
    expect(await obstacle('1a86:7523', taken, ['systemd'])).toBeUndefined();
  });
});

it('a mouse is no trouble', async () => {
  expect(await obstacle('046d:c52b', [face(0, '030101', 'usbhid')], ['brltty'])).toBeUndefined();
});
