import { byHuaweiState, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { action, iccidBy, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { celsius, type HealthReading, healthQuery, scaled } from './health-query.ts';
import type { Profile } from './profile.ts';

const technologies: Readonly<Record<string, string>> = {
  GSM: 'GSM',
  WCDMA: 'UMTS',
  'TD-SCDMA': 'UMTS',
  LTE: 'LTE',
  NR: '5G',
};

/** Strength, then what the technology has: +CSQ says 99 on many of the LTE sticks. */
const readSignal = healthQuery('AT^HCSQ?', '^HCSQ:', ([mode = '', rssi, second, third, fourth]) => ({
  technology: technologies[mode],
  signalDbm: scaled(rssi, -121, 1, 96),
  ...(mode === 'LTE' ? lte(second, third, fourth) : {}),
  ...(mode === 'WCDMA' ? wcdma(second, third) : {}),
}));

function lte(rsrp: string | undefined, sinr: string | undefined, rsrq: string | undefined) {
  return {
    referenceSignalDbm: scaled(rsrp, -141, 1, 97),
    noiseRatioDb: scaled(sinr, -20.2, 0.2, 251),
    qualityDb: scaled(rsrq, -20, 0.5, 34),
  };
}

function wcdma(rscp: string | undefined, ecio: string | undefined) {
  return { referenceSignalDbm: scaled(rscp, -121, 1, 96), qualityDb: scaled(ecio, -32.5, 0.5, 65) };
}

/** One value a sensor, in degrees or tenths of them; 0, 255 and 65535 stand for sensors that are not there. */
const readTemperature = healthQuery('AT^CHIPTEMP?', '^CHIPTEMP:', (values): HealthReading => {
  const warmest = Math.max(
    ...values.filter((value) => value !== '0' && value !== '255').flatMap((value) => celsius(value) ?? []),
  );
  return Number.isFinite(warmest) ? { temperatureCelsius: warmest } : {};
});

/** Sticks of the E and K series, the E3372 with stick firmware, and what Brovi makes of them. */
export const huawei: Profile = {
  ...generic,
  family: 'huawei',
  name: 'Huawei',
  signs: [{ manufacturer: /huawei|brovi/i }, { usbVendors: ['12d1', '3566'] }],
  initial: [
    {
      text: 'AT^CURC=0',
      because: 'the stick else tells its signal, mode and data rate every few seconds',
      undo: 'AT^CURC=1',
    },
    { text: 'AT^USSDMODE=0', because: 'USSD strings else are packed septets' },
  ],
  iccidWays: [iccidBy('AT^ICCID?')],
  codeTriesWays: [byHuaweiState, ...codeTriesWays],
  resets: [restart, action('AT^RESET', 20_000)],
  health: [readSignal, readTemperature],
  ussd: { forms: ['packed', 'text'], textMode: 'AT^USSDMODE=0', packedMode: 'AT^USSDMODE=1' },
};
