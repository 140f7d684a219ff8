import { describe, expect, it } from 'vitest';
import { type HealthReading, profiles } from '../../../src/modem/profiles/index.ts';

/** What the profile of `family` makes of an answer to `text`. */
function read(family: string, text: string, lines: readonly string[]): HealthReading {
  const profile = profiles.find((candidate) => candidate.family === family);
  const query = profile?.health.find((candidate) => candidate.text === text);
  if (!query) throw new Error(`${family} does not ask ${text}`);
  expect(lines.every((line) => query.accepts(line))).toBe(true);
  return query.parse(lines);
}

describe('signal in the words of its maker', () => {
  it.each<[string, string, string, HealthReading]>([
    [
      'huawei',
      'AT^HCSQ?',
      '^HCSQ: "LTE",54,24,45,30',
      {
        technology: 'LTE',
        signalDbm: -67,
        referenceSignalDbm: -117,
        noiseRatioDb: -11.2,
        qualityDb: -5,
      },
    ],
    [
      'huawei',
      'AT^HCSQ?',
      '^HCSQ:"WCDMA",30,30,58',
      { technology: 'UMTS', signalDbm: -91, referenceSignalDbm: -91, qualityDb: -3.5 },
    ],
    ['huawei', 'AT^HCSQ?', '^HCSQ: "GSM",36', { technology: 'GSM', signalDbm: -85 }],
    ['huawei', 'AT^HCSQ?', '^HCSQ: "LTE",255,255,255,255', { technology: 'LTE' }],
    ['huawei', 'AT^HCSQ?', '^HCSQ: "NOSERVICE"', {}],
    [
      'quectel',
      'AT+QCSQ',
      '+QCSQ: "LTE",-65,-95,120,-11',
      { technology: 'LTE', signalDbm: -65, referenceSignalDbm: -95, noiseRatioDb: 4, qualityDb: -11 },
    ],
    [
      'quectel',
      'AT+QCSQ',
      '+QCSQ: "WCDMA",-70,-80,-5',
      { technology: 'UMTS', signalDbm: -70, referenceSignalDbm: -80, qualityDb: -5 },
    ],
    ['quectel', 'AT+QCSQ', '+QCSQ: "GSM",-78', { technology: 'GSM', signalDbm: -78 }],
    ['quectel', 'AT+QCSQ', '+QCSQ: "NOSERVICE"', {}],
    ['quectel', 'AT+QNWINFO', '+QNWINFO: "FDD LTE","00101","LTE BAND 3",1300', { band: 'LTE BAND 3' }],
    ['quectel', 'AT+QNWINFO', '+QNWINFO: No Service', {}],
    [
      // The transcript sim7600-lte-fail.
      'simcom-lte',
      'AT+CPSI?',
      '+CPSI: LTE,Online,208-15,0x19C9,104313681,291,EUTRAN-BAND3,1675,4,4,-93,-1006,-731,14',
      {
        technology: 'LTE',
        band: 'EUTRAN-BAND3',
        qualityDb: -9.3,
        referenceSignalDbm: -100.6,
        signalDbm: -73.1,
        noiseRatioDb: 14,
      },
    ],
    [
      // The same transcript, once it was made to use UMTS.
      'simcom-lte',
      'AT+CPSI?',
      '+CPSI: WCDMA,Online,208-15,0x0E4C,115455470,WCDMA 900,392,3037,0,5.0,86,26,30,500',
      { technology: 'UMTS' },
    ],
    [
      // An A7670, which writes codes where the SIM7600 writes tenths of a decibel.
      'simcom-lte',
      'AT+CPSI?',
      '+CPSI: LTE,Online,460-11,0x774B,126375687,303,EUTRAN-BAND1,100,5,0,12,36,42,5',
      { technology: 'LTE', band: 'EUTRAN-BAND1' },
    ],
    ['simcom-lte', 'AT+CPSI?', '+CPSI: NO SERVICE,Online', {}],
    // The transcript zte-k3565z-init.
    ['zte', 'AT+ZPAS?', '+BEARTYPE: "UMTS","CS_PS"', { technology: 'UMTS' }],
    ['zte', 'AT+ZPAS?', '+ZPAS: "EDGE","CS_PS"', { technology: 'EDGE' }],
    ['zte', 'AT+ZPAS?', '+ZPAS: "No Service"', {}],
  ])('%s %s: %s', (family, text, line, expected) => {
    expect(read(family, text, [line])).toEqual(expected);
  });
});

describe('temperature and supply', () => {
  it.each<[string, string, string[], HealthReading]>([
    ['huawei', 'AT^CHIPTEMP?', ['^CHIPTEMP: 432,445,451,398,0,65535,448'], { temperatureCelsius: 45.1 }],
    ['huawei', 'AT^CHIPTEMP?', ['^CHIPTEMP: 0,38,41,255'], { temperatureCelsius: 41 }],
    ['huawei', 'AT^CHIPTEMP?', ['^CHIPTEMP: 65535,65535'], {}],
    ['quectel', 'AT+QTEMP', ['+QTEMP: 30,28,27'], { temperatureCelsius: 30 }],
    ['quectel', 'AT+QTEMP', ['+QTEMP: "pmic","29"', '+QTEMP: "pa","31"'], { temperatureCelsius: 31 }],
    ['quectel', 'AT+QTEMP', ['+QTEMP: bad'], {}],
    ['quectel', 'AT+CBC', ['+CBC: 0,71,3953'], { supplyMillivolts: 3_953 }],
    ['simcom-gsm', 'AT+CMTE?', ['+CMTE: 0,29.87'], { temperatureCelsius: 29.87 }],
    ['simcom-gsm', 'AT+CBC', ['+CBC: 0,95,4107'], { supplyMillivolts: 4_107 }],
    ['simcom-lte', 'AT+CPMUTEMP', ['+CPMUTEMP: 38'], { temperatureCelsius: 38 }],
    ['simcom-lte', 'AT+CBC', ['+CBC: 3.749V'], { supplyMillivolts: 3_749 }],
    ['telit', 'AT#TEMPMON=1', ['#TEMPMEAS: -1,-32'], { temperatureCelsius: -32 }],
    ['telit', 'AT#CBC', ['#CBC: 0,381'], { supplyMillivolts: 3_810 }],
    ['telit', 'AT#CBC', ['#CBC: 2,3810'], { supplyMillivolts: 3_810 }],
    ['u-blox', 'AT+UTEMP?', ['+UTEMP: 253'], { temperatureCelsius: 25.3 }],
    ['u-blox', 'AT+UTEMP?', ['+UTEMP: C,253'], { temperatureCelsius: 25.3 }],
    ['u-blox', 'AT+UTEMP?', ['+UTEMP: F,771'], {}],
    ['u-blox', 'AT+UTEMP?', ['+UTEMP: 65535'], {}],
    ['sierra', 'AT!PCTEMP?', ['Temp state: Normal', 'Temperature: 36.00'], { temperatureCelsius: 36 }],
    [
      'sierra',
      'AT!PCVOLT?',
      ['Volt state: Normal', 'Power supply voltage: 3327 mV (ADC: 131)'],
      { supplyMillivolts: 3_327 },
    ],
    ['sierra', 'AT!PCVOLT?', ['Volt state: Normal'], {}],
    ['cinterion', 'AT^SCTM?', ['^SCTM: 0,0,35'], { temperatureCelsius: 35 }],
    ['cinterion', 'AT^SCTM?', ['^SCTM: 0,0'], {}],
    ['cinterion', 'AT^SBV', ['^SBV: 3791'], { supplyMillivolts: 3_791 }],
    ['wavecom', 'AT+CBC', ['+CBC: 0,100'], {}],
  ])('%s %s: %j', (family, text, lines, expected) => {
    expect(read(family, text, lines)).toEqual(expected);
  });
});

it('of Sierra leaves what comes unasked to whom it belongs', () => {
  const query = profiles.find(({ family }) => family === 'sierra')?.health[0];
  for (const line of ['+CMTI: "SM",3', 'RING', 'OK', '+CREG: 2', 'ERROR'])
    expect(query?.accepts(line)).toBe(false);
});
