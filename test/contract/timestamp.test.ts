import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTimestamp } from '../../src/contract/timestamp.ts';

/** As the language writes it, but for what is less than a second. */
const written = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

test('a time is written as the language writes it, on every day of four centuries', () => {
  for (let day = 0; day < 146_097 + 366; day++) {
    const noon = day * 86_400_000 + 43_200_999;
    if (formatTimestamp(noon) !== written(noon)) expect(formatTimestamp(noon)).toBe(written(noon));
  }
});

test('a time is written as the language writes it at any moment it knows, and refused beyond', () => {
  const moment = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) }),
    fc.constantFrom(-1, 0, Date.UTC(9999, 11, 31, 23, 59, 59, 999), Date.UTC(10000, 0, 1)),
  );
  fc.assert(fc.property(moment, (epochMs) => formatTimestamp(epochMs) === written(epochMs)));
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1])
    expect(() => formatTimestamp(none)).toThrow(RangeError);
});
