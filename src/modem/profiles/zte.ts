import { byZteCounter, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { action, iccidBy, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { healthQuery } from './health-query.ts';
import type { Profile } from './profile.ts';

const technologies: Readonly<Record<string, string>> = {
  GSM: 'GSM',
  GPRS: 'GSM',
  EDGE: 'EDGE',
  UMTS: 'UMTS',
  HSDPA: 'HSDPA',
  HSUPA: 'HSUPA',
  HSPA: 'HSPA',
  'HSPA+': 'HSPA',
  LTE: 'LTE',
};

const readSystem = healthQuery('AT+ZPAS?', '+ZPAS:', ([mode = '']) => ({ technology: technologies[mode] }));

/** What some of the sticks answer the same question with. */
const readBearer: typeof readSystem = {
  ...readSystem,
  accepts: (line) => line.startsWith('+ZPAS:') || line.startsWith('+BEARTYPE:'),
};

/** ZTE's sticks, and those of other names that show Qualcomm as their maker. */
export const zte: Profile = {
  ...generic,
  family: 'zte',
  name: 'ZTE',
  signs: [{ manufacturer: /\bzte\b|qualcomm/i }, { usbVendors: ['19d2'] }],
  initial: [
    { text: 'AT+ZOPRT=5', because: 'some start with their radio off' },
    { text: 'AT+ZUSIMR=0', because: 'they else ask for the SIM tool kit every two seconds' },
  ],
  indications: { ...generic.indications, modes: [1, 2, 3] },
  iccidWays: [iccidBy('AT+ZGETICCID')],
  codeTriesWays: [byZteCounter, ...codeTriesWays],
  resets: [restart, action('AT+ZRST', 20_000)],
  health: [readBearer],
  ussd: { forms: ['text', 'packed'] },
};
