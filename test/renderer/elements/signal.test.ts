import { expect, it } from 'vitest';
import { dbmText, signalOf } from '../../../renderer/elements/signal.ts';

it.each([
  [-51, 'strong', 4],
  [-70, 'strong', 4],
  [-71, 'good', 3],
  [-85, 'good', 3],
  [-86, 'fair', 2],
  [-100, 'fair', 2],
  [-101, 'weak', 1],
  [-140, 'weak', 1],
])('calls %i dBm %s', (dbm, band, bars) => {
  expect(signalOf(dbm)).toMatchObject({ band, bars });
});

it('writes a true minus sign', () => {
  expect(dbmText(-67)).toBe('\u221267 dBm');
});
