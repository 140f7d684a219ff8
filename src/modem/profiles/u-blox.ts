import { byUbloxCounter, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { action, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { healthQuery, numeric, plausible } from './health-query.ts';
import type { Profile } from './profile.ts';

/** Tenths of a degree, behind the letter of the scale where there is one; 65535 where it cannot be measured. */
const readTemperature = healthQuery('AT+UTEMP?', '+UTEMP:', (values) => {
  const tenths = plausible(numeric(values.at(-1)), -600, 1_500);
  const inCelsius = values.length < 2 || values[0] === 'C' || values[0] === '0';
  return { temperatureCelsius: tenths === undefined || !inCelsius ? undefined : tenths / 10 };
});

/** LISA, SARA, LARA and TOBY modules. */
export const uBlox: Profile = {
  ...generic,
  family: 'u-blox',
  name: 'u-blox',
  textServices: [0, 1, 2, 3],
  signs: [{ manufacturer: /u-?blox/i }, { usbVendors: ['1546'] }],
  initial: [{ text: 'AT+UPSV=0', because: 'a module that sleeps loses the first command' }],
  codeTriesWays: [byUbloxCounter, ...codeTriesWays],
  resets: [restart, action('AT+CFUN=16', 20_000)],
  health: [readTemperature],
};
