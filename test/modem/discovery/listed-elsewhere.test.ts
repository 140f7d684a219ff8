import { describe, expect, it } from 'vitest';
import { macPorts } from '../../../src/modem/discovery/mac-ports.ts';
import { groupPorts } from '../../../src/modem/discovery/port-group.ts';
import { rankPorts, roleOf } from '../../../src/modem/discovery/port-role.ts';
import type { SystemPort } from '../../../src/modem/discovery/system-port.ts';
import { windowsPorts } from '../../../src/modem/discovery/windows-ports.ts';

const nothing = {
  manufacturer: undefined,
  serialNumber: undefined,
  pnpId: undefined,
  locationId: undefined,
  vendorId: undefined,
  productId: undefined,
};

function port(path: string, more: Partial<SystemPort>): SystemPort {
  return { ...nothing, path, ...more };
}

/** A port of a composite device on Windows, in the shape that the vendors' drivers give it. */
function composite(
  path: string,
  id: string,
  face: number,
  middle: string,
  friendlyName: string,
  locationId = '0000.0014.0000.001.000.000.000.000.000',
): SystemPort {
  const [vendorId = '', productId = ''] = id.split(':');
  const tail = String(face).padStart(4, '0');
  return port(path, {
    pnpId: `USB\\VID_${vendorId}&PID_${productId}&MI_${tail.slice(2)}\\${middle}&${tail}`,
    serialNumber: `${middle}&${tail}`,
    friendlyName: `${friendlyName} (${path})`,
    locationId,
    vendorId,
    productId,
  });
}

describe('ports on Windows', () => {
  it.each([
    [
      'one on the main board',
      port('COM1', {
        manufacturer: '(Standard port types)',
        pnpId: 'ACPI\\PNP0501\\0',
        friendlyName: 'Communications Port (COM1)',
      }),
      undefined,
      undefined,
    ],
    [
      'a stick of several interfaces',
      port('COM5', {
        manufacturer: 'ZTE Corporation',
        serialNumber: '6&3345B05&2&0000',
        pnpId: 'USB\\VID_19D2&PID_0016&MI_00\\6&3345B05&2&0000',
        locationId: '0000.0014.0000.001.000.000.000.000.000',
        friendlyName: 'ZTE Diagnostics Interface (COM6)',
        vendorId: '19D2',
        productId: '0016',
      }),
      '19d2:0016@6&3345B05&2',
      0,
    ],
    [
      'a bridge without a serial number',
      port('COM7', {
        manufacturer: 'wch.cn',
        serialNumber: '5&79927EA&0&9',
        pnpId: 'USB\\VID_1A86&PID_7523\\5&79927EA&0&9',
        locationId: 'Port_#0009.Hub_#0001',
        friendlyName: 'USB-SERIAL CH340 (COM7)',
        vendorId: '1A86',
        productId: '7523',
      }),
      '1a86:7523@Port_#0009.Hub_#0001',
      undefined,
    ],
    [
      'one behind FTDI’s own bus',
      port('COM23', {
        pnpId: 'FTDIBUS\\VID_0403+PID_6001+A51MAMMEA\\0000',
        vendorId: '0403',
        productId: '6001',
      }),
      '0403:6001@+A51MAMMEA0000',
      undefined,
    ],
    [
      'a board with a serial number',
      port('COM3', {
        manufacturer: 'Microsoft',
        pnpId: 'USB\\VID_1209&PID_2201&MI_00\\7&AB06D17&0&0000',
        locationId: '0007.0000.0000.003.000.000.000.000.000',
        vendorId: '1209',
        productId: '2201',
      }),
      '1209:2201@7&AB06D17&0',
      0,
    ],
    ['a virtual one', port('COM9', { pnpId: 'COM0COM\\PORT\\CNCA0' }), undefined, undefined],
    ['one that nothing is known of', port('COM12', {}), undefined, undefined],
  ])('%s', (_, listed, key, face) => {
    const [found] = windowsPorts([listed]);
    expect(found?.path).toBe(listed.path);
    expect(found?.device?.key).toBe(key);
    expect(found?.interface?.number).toBe(face);
  });

  it('of two equal sticks are two groups, each with its own ports', () => {
    const stick = (first: number, middle: string) =>
      ['Modem', 'Diagnostics', 'PC UI Interface'].map((name, at) =>
        composite(`COM${first + at}`, '12D1:1506', at, middle, `HUAWEI Mobile Connect - 3G ${name}`),
      );
    const groups = groupPorts(windowsPorts([...stick(4, '6&2C3F8A1&0'), ...stick(9, '7&34B0D6AF&0')]));
    expect(groups.map(({ ports }) => ports.map(({ path }) => path))).toEqual([
      ['COM4', 'COM5', 'COM6'],
      ['COM9', 'COM10', 'COM11'],
    ]);
    const tried = rankPorts(groups[0]?.ports ?? []).map((found) => [found.path, roleOf(found)]);
    expect(tried).toEqual([
      ['COM6', 'primary'],
      ['COM4', 'data'],
    ]);
  });

  it('take their roles from the table of ids first', () => {
    const ports = windowsPorts([
      composite('COM4', '2C7C:0125', 0, '6&1&0', 'Quectel USB DM Port'),
      composite('COM5', '2C7C:0125', 1, '6&1&0', 'Quectel USB NMEA Port'),
      composite('COM6', '2C7C:0125', 2, '6&1&0', 'Quectel USB AT Port'),
      composite('COM7', '2C7C:0125', 3, '6&1&0', 'Quectel USB Modem'),
    ]);
    expect(rankPorts(ports).map(({ path }) => path)).toEqual(['COM6', 'COM7']);
  });
});

describe('ports on macOS', () => {
  it('are opened by their names that wait for no carrier, and grouped by place', () => {
    const stick = {
      vendorId: '12d1',
      productId: '1001',
      locationId: '14200000',
      manufacturer: 'HUAWEI Technology',
    };
    const ports = macPorts([
      port('/dev/tty.Bluetooth-Incoming-Port', {}),
      port('/dev/tty.HUAWEIMobile-Modem', stick),
      port('/dev/tty.HUAWEIMobile-Pcui', stick),
      port('/dev/tty.HUAWEIMobile-Diag', stick),
      port('/dev/tty.SLAB_USBtoUART', { vendorId: '0x10c4', productId: '0xea60', locationId: '0x14200000' }),
    ]);
    const groups = groupPorts(ports);
    expect(groups.map(({ kind, ports: members }) => [kind, members.length])).toEqual([
      ['built-in', 1],
      ['modem', 3],
      ['bridge', 1],
    ]);
    expect(rankPorts(groups[1]?.ports ?? []).map(({ path }) => path)).toEqual([
      '/dev/cu.HUAWEIMobile-Pcui',
      '/dev/cu.HUAWEIMobile-Modem',
    ]);
    expect(ports[4]?.device).toMatchObject({ vendorId: '10c4', productId: 'ea60' });
  });
});
