import { byPinPairs, readCodeTries } from '../../gsm/at/code-tries.ts';
import { generic } from './generic.ts';
import { celsius, healthQuery, readSupply } from './health-query.ts';
import type { Profile } from './profile.ts';

const readTemperature = healthQuery('AT+CMTE?', '+CMTE:', (values) => ({
  temperatureCelsius: celsius(values[1]),
}));

/** SIM800 and SIM900 on a UART. They know only reports that are handed over. */
export const simcomGsm: Profile = {
  ...generic,
  family: 'simcom-gsm',
  name: 'SIMCom GSM',
  signs: [{ manufacturer: /simcom/i, model: /sim\s?[89]\d\d(?!\d)/i }, { model: /^sim\s?[89]\d\d(?!\d)/i }],
  initial: [{ text: 'AT+CSCLK=0', because: 'a module that sleeps loses the first command' }],
  indications: { ...generic.indications, reports: [1] },
  stores: { order: ['SM', 'ME', 'MT'], values: 3 },
  service: { readyTexts: ['SMS Ready'], waitMs: 30_000 },
  codeTriesWays: [byPinPairs, readCodeTries],
  health: [readTemperature, readSupply],
};
