import { byWavecomCounter, codeTriesWays } from '../../gsm/at/code-tries.ts';
import { action, iccidBy, query, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import { celsius, type HealthQuery, known, millivolts } from './health-query.ts';
import type { Profile } from './profile.ts';

/** Answers are words with a colon; the value stands behind the name that `pattern` begins with. */
function worded(
  text: string,
  pattern: RegExp,
  read: (value: string) => ReturnType<typeof known>,
): HealthQuery {
  return {
    ...query(text, []),
    accepts: (line) => /^[\w ()]+:/.test(line) && !line.startsWith('+'),
    parse: (lines) => {
      const value = pattern.exec(lines.join('\n'))?.[1];
      return value === undefined ? {} : read(value);
    },
  };
}

const readTemperature = worded('AT!PCTEMP?', /Temperature:\s*(-?[\d.]+)/i, (value) =>
  known({ temperatureCelsius: celsius(value) }),
);
const readSupply = worded('AT!PCVOLT?', /voltage:\s*(\d+ ?mV)/i, (value) =>
  known({ supplyMillivolts: millivolts(value) }),
);

/** MC and EM modules, where their AT port carries texts at all. */
export const sierra: Profile = {
  ...generic,
  family: 'sierra',
  name: 'Sierra Wireless',
  textServices: [0, 1, 2, 3],
  signs: [{ manufacturer: /sierra/i, model: /^(?!.*fastrack)/i }, { usbVendors: ['1199'] }],
  indications: { ...generic.indications, modes: [1, 2, 3] },
  iccidWays: [iccidBy('AT!ICCID?')],
  codeTriesWays: [byWavecomCounter, ...codeTriesWays],
  resets: [restart, action('AT!RESET', 20_000)],
  health: [readTemperature, readSupply],
};
