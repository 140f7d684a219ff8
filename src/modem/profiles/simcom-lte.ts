import { byCodePairs, readCodeTries } from '../../gsm/at/code-tries.ts';
import { action, iccidBy, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { celsius, healthQuery, numeric, plausible, readSupply } from './health-query.ts';
import type { Profile } from './profile.ts';

const technologies: Readonly<Record<string, string>> = {
  GSM: 'GSM',
  WCDMA: 'UMTS',
  LTE: 'LTE',
  'LTE CAT-M1': 'LTE',
  'LTE NB-IOT': 'NB-IoT',
  NR5G_SA: '5G',
  NR5G_NSA: '5G',
};

/** In LTE: mode, state, operator, area, cell, physical cell, band, channel, two widths, RSRQ, RSRP, RSSI, SNR. */
const readSystem = healthQuery('AT+CPSI?', '+CPSI:', ([mode = '', ...values]) => ({
  technology: technologies[mode],
  band: values[5]?.includes('BAND') ? values[5] : undefined,
  ...(mode.startsWith('LTE') ? lte(values.slice(9)) : {}),
}));

/** Tenths of a decibel, all below zero; modules that write codes instead are left alone. */
function lte([rsrq, rsrp, rssi, snr]: readonly string[]) {
  return {
    qualityDb: tenths(rsrq, -340),
    referenceSignalDbm: tenths(rsrp, -1_600),
    signalDbm: tenths(rssi, -1_300),
    noiseRatioDb: Number(rsrp) < 0 ? plausible(numeric(snr), -20, 40) : undefined,
  };
}

function tenths(text: string | undefined, least: number): number | undefined {
  const value = plausible(numeric(text), least, -10);
  return value === undefined ? undefined : value / 10;
}

const readTemperature = healthQuery('AT+CPMUTEMP', '+CPMUTEMP:', (values) => ({
  temperatureCelsius: celsius(values[0]),
}));

/** SIM7500, SIM7600, SIM7000 to 7080, A76xx and SIM767x: refuse text commands until they have said `SMS DONE`. */
export const simcomLte: Profile = {
  ...generic,
  family: 'simcom-lte',
  name: 'SIMCom LTE',
  textServices: [0, 1, 2, 3],
  signs: [
    { manufacturer: /simcom/i },
    { model: /^(?:simcom_)?(?:sim7\d{3}|a7[67]\d\d|sim[78]2\d\d)/i },
    { usbVendors: ['1e0e'] },
  ],
  indications: { ...generic.indications, modes: [1, 2, 3] },
  service: { readyTexts: ['SMS DONE', 'SMS Ready'], waitMs: 40_000 },
  iccidWays: [iccidBy('AT+CICCID')],
  codeTriesWays: [byCodePairs, readCodeTries],
  resets: [restart, action('AT+CRESET', 20_000)],
  health: [readSystem, readTemperature, readSupply],
};
