import { expect, it } from 'vitest';
import { countFailure, restartDelayMs, wellAfterMs } from '../../electron/back-off.ts';

it('waits 1 s after the first failure, doubling up to a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000].map(restartDelayMs)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

it('counts failures in a row, and begins anew after a good run', () => {
  expect(countFailure(0, 0)).toBe(1);
  expect(countFailure(3, wellAfterMs - 1)).toBe(4);
  expect(countFailure(3, wellAfterMs)).toBe(1);
});
