import { byTelitCounter, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { action, iccidBy, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { celsius, healthQuery, millivolts } from './health-query.ts';
import type { Profile } from './profile.ts';

const readTemperature = healthQuery('AT#TEMPMON=1', '#TEMPMEAS:', (values) => ({
  temperatureCelsius: celsius(values[1]),
}));

const readSupply = healthQuery('AT#CBC', '#CBC:', (values) => ({ supplyMillivolts: millivolts(values[1]) }));

/** GE, HE, UE and LE910 modules: reports only come handed over. */
export const telit: Profile = {
  ...generic,
  family: 'telit',
  name: 'Telit',
  textServices: [0, 1, 2, 3],
  signs: [{ manufacturer: /telit/i }, { usbVendors: ['1bc7'] }],
  initial: [
    { text: 'AT#SELINT=2', because: 'older command sets answer otherwise than the standard says' },
    { text: 'AT#SMSMODE=0', because: 'text commands are to answer as the standard says' },
  ],
  indications: { ...generic.indications, reports: [1] },
  iccidWays: [iccidBy('AT#CCID')],
  codeTriesWays: [byTelitCounter, ...codeTriesWays],
  resets: [restart, action('AT#REBOOT', 20_000)],
  health: [readTemperature, readSupply],
};
