import { byCinterionCounter, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { iccidBy } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { celsius, healthQuery, millivolts } from './health-query.ts';
import type { Profile } from './profile.ts';

/** The third value is there only once the presentation of temperatures is on. */
const readTemperature = healthQuery('AT^SCTM?', '^SCTM:', (values) => ({
  temperatureCelsius: celsius(values[2]),
}));

const readSupply = healthQuery('AT^SBV', '^SBV:', (values) => ({ supplyMillivolts: millivolts(values[0]) }));

/**
 * TC35, MC35i to MC75i, BGS, EHS and PLS. The Siemens ones hand nothing over and clear their buffer (`bfr` 1); some of
 * the Cinterion ones tell of no report at all. Nothing arrives in ME.
 */
export const cinterion: Profile = {
  ...generic,
  family: 'cinterion',
  name: 'Cinterion',
  signs: [{ manufacturer: /cinterion|siemens|gemalto|thales/i }, { usbVendors: ['1e2d', '0681'] }],
  initial: [
    { text: 'AT^SSET=1', because: 'it says then when the SIM can be used for texts' },
    { text: 'AT^SMGO=1', because: 'it says then when its stores are full' },
  ],
  indications: { ...generic.indications, reports: [2, 1], flushes: [1, 0] },
  stores: { order: ['SM', 'MT', 'ME'], values: 3 },
  service: { readyTexts: ['^SSIM READY'], waitMs: 40_000 },
  iccidWays: [iccidBy('AT^SCID')],
  codeTriesWays: [byCinterionCounter, ...codeTriesWays],
  health: [readTemperature, readSupply],
  pauseMs: 100,
};
