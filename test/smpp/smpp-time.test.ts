import { describe, expect, it } from 'vitest';
import { readSmppTime, receiptTime } from '../../src/smpp/smpp-time.ts';

const now = Date.UTC(2026, 5, 8, 13, 30, 6);
const hour = 3_600_000;

describe('a time of SMPP', () => {
  it.each([
    ['absolute in UTC', '260608143006000+', now + hour],
    ['absolute, east of UTC', '260608163006008+', now + hour],
    ['absolute, west of UTC', '260608093006020-', now + hour],
    ['absolute, to the tenth of a second', '260608143006500+', now + hour + 500],
    ['relative', '000001020304000R', now + 24 * hour + 2 * hour + 3 * 60_000 + 4_000],
    ['relative, a month', '000100000000000R', now + 30 * 24 * hour],
  ])('%s', (_, text, moment) => {
    expect(readSmppTime(text, now)).toBe(moment);
  });

  it.each(['', '260608', '261308143006000+', '260230143006000+', '260608143006049+', '260608143006000X'])(
    '"%s" is none',
    (text) => {
      expect(readSmppTime(text, now)).toBeUndefined();
    },
  );

  it('stands in a receipt to the minute', () => {
    expect(receiptTime(now)).toBe('2606081330');
  });
});
