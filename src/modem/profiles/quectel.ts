import { byQuectelCounter, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { action, iccidBy, query } from '../../gsm/at/commands.ts';
import { parameters } from '../../gsm/at/parameters.ts';
import { generic } from './generic.ts';
import { celsius, healthQuery, numeric, plausible, readSupply } from './health-query.ts';
import type { Ask, Profile, UsbPlace } from './profile.ts';

const technologies: Readonly<Record<string, string>> = {
  GSM: 'GSM',
  WCDMA: 'UMTS',
  TDSCDMA: 'UMTS',
  LTE: 'LTE',
  eMTC: 'LTE',
  CAT_M1: 'LTE',
  NBIoT: 'NB-IoT',
  CAT_NB1: 'NB-IoT',
};

const dbm = (text: string | undefined) => plausible(numeric(text), -200, 0);

const readSignal = healthQuery('AT+QCSQ', '+QCSQ:', ([mode = '', rssi, second, third, fourth]) => ({
  technology: technologies[mode],
  signalDbm: dbm(rssi),
  referenceSignalDbm: dbm(second),
  ...(fourth === undefined
    ? { qualityDb: dbm(third) }
    : { noiseRatioDb: plausible(Number(third) / 5 - 20, -20, 30), qualityDb: dbm(fourth) }),
}));

const readBand = healthQuery('AT+QNWINFO', '+QNWINFO:', (values) => ({ band: values[2] || undefined }));

/** Three sensors on one line, or a line a sensor: the warmest counts. */
const readTemperature = healthQuery('AT+QTEMP', '+QTEMP:', (_, lines) => {
  const warmest = Math.max(...lines.flat().flatMap((value) => celsius(value) ?? []));
  return { temperatureCelsius: Number.isFinite(warmest) ? warmest : undefined };
});

const listUnsolicitedPorts = query('AT+QURCCFG=?', ['+QURCCFG:']);
const readUnsolicitedPort = query('AT+QURCCFG="urcport"', ['+QURCCFG:']);

/** By the number of its USB interface, the name of the port that unsolicited results come out of. */
const portNames: Readonly<Record<number, string>> = { 2: 'usbat', 3: 'usbmodem' };

/** The setting outlives a restart and is written to memory that wears, so that it is only changed where it is wrong. */
async function bringNoticesHere(ask: Ask, usb: UsbPlace | undefined): Promise<void> {
  const present = parameters((await ask(readUnsolicitedPort))?.[0] ?? '')[1]?.toLowerCase();
  const offered = (await ask(listUnsolicitedPorts))?.join(' ').toLowerCase() ?? '';
  const here = portNames[usb?.interfaceNumber ?? -1];
  if (present === undefined || present === 'all' || present === here) return;
  const wanted = offered.includes('"all"') ? 'all' : here;
  if (wanted) await ask(action(`AT+QURCCFG="urcport","${wanted}"`));
}

/** EC, EG, BG, RM and UC modules: a report is told as stored in SM where it lies in SR, so it is had handed over. */
export const quectel: Profile = {
  ...generic,
  family: 'quectel',
  name: 'Quectel',
  textServices: [0, 1, 2, 3],
  signs: [{ manufacturer: /quectel/i }, { usbVendors: ['2c7c'] }],
  initial: [{ text: 'AT+QINDCFG="smsfull",1', because: 'it else says nothing when its stores are full' }],
  prepare: bringNoticesHere,
  indications: { ...generic.indications, reports: [1, 2] },
  service: { readyTexts: ['+QIND: SMS DONE', 'SMS DONE', 'SMS Ready'], waitMs: 30_000 },
  iccidWays: [iccidBy('AT+QCCID')],
  codeTriesWays: [byQuectelCounter, ...codeTriesWays],
  health: [readSignal, readBand, readTemperature, readSupply],
};
