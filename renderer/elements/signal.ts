import type { TextKey } from '../texts/text.ts';

export type SignalBand = 'strong' | 'good' | 'fair' | 'weak';

/** The least signal of each band in dBm, as people who mount aerials draw the lines, and its bars out of four. */
const bands: readonly { readonly band: SignalBand; readonly leastDbm: number; readonly bars: number }[] = [
  { band: 'strong', leastDbm: -70, bars: 4 },
  { band: 'good', leastDbm: -85, bars: 3 },
  { band: 'fair', leastDbm: -100, bars: 2 },
  { band: 'weak', leastDbm: Number.NEGATIVE_INFINITY, bars: 1 },
];

/** What a reading in dBm means to a person. */
export function signalOf(dbm: number): { band: SignalBand; bars: number; word: TextKey } {
  const found = bands.find(({ leastDbm }) => dbm >= leastDbm) ?? { band: 'weak', bars: 1 };
  return { band: found.band, bars: found.bars, word: `signal.${found.band}` };
}

/** "−67 dBm", with a real minus sign. */
export function dbmText(dbm: number): string {
  return `${dbm < 0 ? '−' : ''}${Math.abs(dbm)} dBm`;
}
