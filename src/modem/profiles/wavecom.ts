import { byWavecomCounter, readCodeTries } from '../../gsm/at/code-tries.ts';
import { action, restart } from '../../gsm/at/commands.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** Q24xx, Fastrack and MultiTech's serial modems: two values to +CPMS, and full functionality is a restart. */
export const wavecom: Profile = {
  ...generic,
  family: 'wavecom',
  name: 'Wavecom',
  signs: [
    { manufacturer: /wavecom|multi-?tech/i },
    { manufacturer: /sierra/i, model: /fastrack/i },
    { usbVendors: ['114f', '06e0'] },
  ],
  stores: { order: ['SM', 'ME', 'MT'], values: 2 },
  service: { readyTexts: ['+WIND: 4'], waitMs: 40_000 },
  codeTriesWays: [byWavecomCounter, readCodeTries],
  resets: [action('AT+CFUN=1', 20_000), restart],
  pauseMs: 100,
  restartsAtFullFunctionality: true,
};
