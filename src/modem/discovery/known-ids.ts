import type { UsbDevice, UsbIds } from './usb-device.ts';

/** Makers of mobile modems by vendor id, from the ids that Linux's option, qcserial and sierra drivers serve. */
export const modemVendors: ReadonlyMap<string, string> = new Map([
  ['0421', 'Nokia'],
  ['05c6', 'Qualcomm'],
  ['0681', 'Siemens'],
  ['06e0', 'MultiTech'],
  ['0af0', 'Option'],
  ['0b3c', 'Olivetti'],
  ['0bdb', 'Ericsson'],
  ['106c', 'Pantech'],
  ['1199', 'Sierra Wireless'],
  ['114f', 'Wavecom'],
  ['12d1', 'Huawei'],
  ['1410', 'Novatel'],
  ['1435', 'Wistron'],
  ['1508', 'Fibocom'],
  ['1546', 'u-blox'],
  ['16d8', 'C-motech'],
  ['1782', 'Spreadtrum'],
  ['19d2', 'ZTE'],
  ['1a8d', 'BandRich'],
  ['1bbb', 'Alcatel'],
  ['1bc7', 'Telit'],
  ['1c9e', 'Longcheer'],
  ['1e0e', 'SIMCom'],
  ['1e2d', 'Cinterion'],
  ['2020', 'BroadMobi'],
  ['2077', 'Qcom'],
  ['211f', 'Celot'],
  ['2c7c', 'Quectel'],
  ['2cb7', 'Fibocom'],
  ['2cd2', 'MikroTik'],
  ['2dee', 'MeiG'],
  ['3566', 'Brovi'],
  ['33f8', 'Rolling Wireless'],
]);

/**
 * Other things of those makers: receivers of u-blox, telephones of Huawei, Qualcomm's mode for loading firmware. The
 * products are patterns that mean the same to udev and as a regular expression.
 */
export const otherThings: readonly (readonly [vendorId: string, products: string])[] = [
  ['1546', '01a[0-9]'],
  ['12d1', '103[0-9a-f]'],
  ['05c6', '9008'],
];

/** What has a serial port of class CDC-ACM and is no modem: boards, receivers, radio sticks for smart homes. */
const otherVendors: ReadonlySet<string> = new Set([
  '0483',
  '0658',
  '10c4:8a2a',
  '1209',
  '16c0',
  '1915',
  '1cf1',
  '1d50',
  '1fc9',
  '2341',
  '239a',
  '2886',
  '2a03',
  '2e8a',
  '303a',
]);

/** Bridges from USB to a UART, by id or by vendor; anything may hang behind one. */
const bridges: ReadonlySet<string> = new Set([
  '0403',
  '0451:3410',
  '0557:2008',
  '067b',
  '10c4:ea60',
  '10c4:ea61',
  '10c4:ea70',
  '10c4:ea71',
  '10c4:ea80',
  '1a86:55d3',
  '1a86:5523',
  '1a86:55d4',
  '1a86:7522',
  '1a86:7523',
  '4348:5523',
]);

/** Their drivers in Linux. */
const bridgeDrivers: ReadonlySet<string> = new Set([
  'ch341',
  'ch341-uart',
  'ch343',
  'cp210x',
  'ftdi_sio',
  'pl2303',
  'ti_usb_3410_5052',
  'mct_u232',
  'mxuport',
  'ark3116',
  'f81232',
]);

/** Linux's drivers for the serial ports of mobile modems. */
const modemDrivers: ReadonlySet<string> = new Set([
  'option',
  'option1',
  'qcserial',
  'sierra',
  'hso',
  'sierra_net',
]);

function isOtherThing({ vendorId, productId }: UsbIds): boolean {
  return otherThings.some(
    ([vendor, products]) => vendor === vendorId && new RegExp(`^${products}$`).test(productId),
  );
}

function isIn(ids: ReadonlySet<string>, { vendorId, productId }: UsbIds): boolean {
  return ids.has(vendorId) || ids.has(`${vendorId}:${productId}`);
}

/** Whether its maker makes mobile modems and this is not one of the other things that it makes. */
export function isByModemMaker(device: UsbIds): boolean {
  return modemVendors.has(device.vendorId) && !isOtherThing(device);
}

/** Whether it is known to be something else than a modem or a bridge to one. */
export function isSomethingElse(device: UsbIds): boolean {
  return isIn(otherVendors, device) || isOtherThing(device);
}

/** Whether it is a bridge from USB to a UART. */
export function isBridge(device: UsbDevice): boolean {
  return isIn(bridges, device) || device.interfaces.some(({ driver }) => bridgeDrivers.has(driver ?? ''));
}

/** Whether a driver for mobile modems has taken it. */
export function hasModemDriver(device: UsbDevice): boolean {
  return device.interfaces.some(({ driver }) => modemDrivers.has(driver ?? ''));
}
