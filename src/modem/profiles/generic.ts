import { codeTriesWays } from '../../gsm/at/code-tries.ts';
import { restart } from '../../gsm/at/commands.ts';
import { readSupply } from './health-query.ts';
import type { Profile } from './profile.ts';

/** A modem that keeps to the standards, or of which nobody has said anything: what the others differ from. */
export const generic: Profile = {
  family: 'generic',
  name: 'GSM modem',
  signs: [],
  initial: [],
  indications: { modes: [2, 1, 3], reports: [1, 2], flushes: [0, 1] },
  stores: { order: ['ME', 'SM', 'MT'], values: 3 },
  service: {
    readyTexts: ['SMS Ready', 'SMS DONE', '+QIND: SMS DONE', '^SSIM READY', '+WIND: 4'],
    waitMs: 30_000,
  },
  textServices: [1, 3],
  iccidWays: [],
  codeTriesWays,
  resets: [restart],
  health: [readSupply],
  ussd: { forms: ['text', 'packed'] },
  pauseMs: 0,
  restartsAtFullFunctionality: false,
};
