import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isInModemRules,
  isKeptByModemRules,
  modemRules,
  modemRulesInForce,
  modemRulesName,
} from '../../../src/modem/discovery/modem-rules.ts';
import { isIgnoredByModemManager } from '../../../src/modem/discovery/udev-rules.ts';
import type { UsbDevice } from '../../../src/modem/discovery/usb-device.ts';
import table from '../../../src/modem/discovery/usb-ports.json' with { type: 'json' };
import { FakeSystem } from './fake-system.ts';
import { applyRules, type RuledDevice } from './rule-reading.ts';

const rules = modemRules();

/** Class, subclass and protocol of its interfaces as six hexadecimal digits each. */
interface Plugged {
  readonly id: string;
  readonly codes?: readonly string[];
  readonly removable?: 'fixed' | 'removable' | 'unknown';
}

function propertiesOf({ id, codes = ['ff0102'] }: Plugged): Record<string, string> {
  const [vendor = '', product = ''] = id.split(':');
  return { ID_VENDOR_ID: vendor, ID_MODEL_ID: product, ID_USB_INTERFACES: `:${codes.join(':')}:` };
}

/** Whether the rules keep ModemManager from it. */
function isKept(plugged: Plugged): boolean {
  const device: RuledDevice = {
    subsystem: 'usb',
    kernel: '1-1',
    attributes: { removable: plugged.removable ?? 'unknown' },
    properties: { DEVTYPE: 'usb_device', ...propertiesOf(plugged) },
  };
  return applyRules(rules, device).set['ENV{ID_MM_DEVICE_IGNORE}'] === '1';
}

function portOf(plugged: Plugged, kernel = 'ttyUSB0'): RuledDevice {
  return { subsystem: 'tty', kernel, properties: propertiesOf(plugged) };
}

/** The same device as discovery knows it. */
function known({ id, codes = ['ff0102'], removable }: Plugged): UsbDevice {
  const [vendorId = '', productId = ''] = id.split(':');
  const interfaces = codes.map((code, number) => ({
    number,
    class: Number.parseInt(code.slice(0, 2), 16),
    subclass: Number.parseInt(code.slice(2, 4), 16),
    protocol: Number.parseInt(code.slice(4), 16),
    driver: undefined,
  }));
  return { vendorId, productId, interfaces, builtIn: removable === 'fixed' } as unknown as UsbDevice;
}

const modems: Plugged[] = [
  { id: '12d1:1506' },
  { id: '2c7c:0125' },
  { id: '1e2d:0061', codes: ['020201', '0a0000'] },
  { id: '413c:81e0' },
];
const listed: Plugged[] = [...new Set(table.ports.map(({ vid, pid }) => `${vid}:${pid}`))].map((id) => ({
  id,
}));
const others: Plugged[] = [
  { id: '1a86:7523' }, // a serial cable
  { id: '0403:6001' },
  { id: '2341:0043', codes: ['020201'] }, // an Arduino
  { id: '10c4:ea60' }, // the radio stick of a smart home
  { id: '1546:01a7', codes: ['020201'] }, // a receiver of u-blox
  { id: '12d1:1037' }, // a telephone of Huawei
  { id: '05c6:9008' },
  { id: '413c:2107' }, // a keyboard of Dell
];

describe('the rules', () => {
  it('are the file that packages bring, before those that give the ports away', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../packaging/udev', modemRulesName), 'utf8')).toBe(
      rules,
    );
    expect(modemRulesName < '73-seat-late.rules').toBe(true);
    expect(modemRulesName > '60-serial.rules').toBe(true);
  });

  it.each(modems)('give the ports of $id to whoever sits there, and keep ModemManager from it', (plugged) => {
    expect(isKept(plugged)).toBe(true);
    for (const kernel of ['ttyUSB0', 'ttyUSB12', 'ttyACM3', 'ttyHS1'])
      expect(applyRules(rules, portOf(plugged, kernel))).toEqual({
        set: { GROUP: 'dialout', MODE: '0660' },
        tags: ['uaccess'],
      });
  });

  it('are for every modem whose ports discovery has a table of', () => {
    expect(listed.length).toBeGreaterThan(200);
    expect(
      listed.filter((one) => !isKept(one) || applyRules(rules, portOf(one)).tags[0] !== 'uaccess'),
    ).toEqual([]);
  });

  it.each(others)('leave $id as it is', (plugged) => {
    expect(isKept(plugged)).toBe(false);
    expect(applyRules(rules, portOf(plugged))).toEqual({ set: {}, tags: [] });
  });

  it('judge a port by the modem that it belongs to, and touch no other kind of port', () => {
    expect(applyRules(rules, portOf({ id: '12d1:1506' }, 'ttyS0')).tags).toEqual([]);
    expect(applyRules(rules, { ...portOf({ id: '12d1:1506' }, 'wwan0'), subsystem: 'net' }).set).toEqual({});
    expect(applyRules(rules, portOf({ id: '12d1:1506' }), 'remove').tags).toEqual([]);
    expect(rules).not.toMatch(/ATTRS|SUBSYSTEMS|KERNELS|DRIVERS/);
  });

  it.each([
    { id: '1199:9071', removable: 'fixed' } as const,
    { id: '2cb7:0007', codes: ['020e00', '0a0002'] },
    { id: '12d1:14db', codes: ['020600', '0a0600'] },
  ])('leave to ModemManager what may be the way to the internet: %j', (plugged) => {
    expect(isKept(plugged)).toBe(false);
  });
});

it('the doctor judges every device as the rules do', () => {
  const all = [
    ...modems,
    ...listed,
    ...others,
    { id: '1199:9071', removable: 'fixed' } as const,
    { id: '2cb7:0007', codes: ['020e00', '0a0002'] },
  ];
  expect(all.filter((one) => isKeptByModemRules(known(one)) !== isKept(one))).toEqual([]);
  const given = (one: Plugged) => applyRules(rules, portOf(one)).tags.includes('uaccess');
  expect(all.filter((one) => isInModemRules(known(one)) !== given(one))).toEqual([]);
});

describe('which rules udev goes by', () => {
  const path = (folder: string) => `${folder}/udev/rules.d/${modemRulesName}`;

  it('is told by the file of that name in the first folder that has one', async () => {
    const system = new FakeSystem();
    expect(await modemRulesInForce(system.folders)).toBeUndefined();
    system.file('lib', `udev/rules.d/${modemRulesName}`, rules);
    expect(await modemRulesInForce(system.folders)).toBe(path(system.folders.lib));
    system.file('etc', `udev/rules.d/${modemRulesName}`, `${rules}# older\n`);
    expect(await modemRulesInForce(system.folders)).toBeUndefined();
    system.file('etc', `udev/rules.d/${modemRulesName}`, rules);
    expect(await modemRulesInForce(system.folders)).toBe(path(system.folders.etc));
  });

  it('counts for the doctor: it warns of ModemManager where they do not keep it away', async () => {
    const system = new FakeSystem();
    const stick = known({ id: '12d1:1506' });
    expect(await isIgnoredByModemManager(stick, system.folders)).toBe(false);
    system.file('lib', `udev/rules.d/${modemRulesName}`, rules);
    expect(await isIgnoredByModemManager(stick, system.folders)).toBe(true);
    expect(await isIgnoredByModemManager({ ...stick, builtIn: true }, system.folders)).toBe(false);
  });
});
