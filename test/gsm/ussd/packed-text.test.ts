import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsFromHex } from '../../../src/gsm/octets.ts';
import { packUssdText, unpackUssdText } from '../../../src/gsm/ussd/packed-text.ts';

describe('a packed text', () => {
  it.each([
    ['*100#', 'AA180C3602'],
    ['*101#', 'AA182C3602'],
    ['hellohe', 'E8329BFD46971B'],
    ['12345678', '31D98C56B3DD70'],
    ['', ''],
  ])('%j is %s', (text, hex) => {
    expect(packUssdText(text)).toBe(hex);
    expect(unpackUssdText(hex)).toBe(text);
  });

  it('of 8n - 1 characters fills the last seven bits with CR, and loses it again', () => {
    for (const count of [7, 15, 23, 159]) {
      const hex = packUssdText('a'.repeat(count)) ?? '';
      expect(octetsFromHex(hex)?.at(-1)).toBe(0x1a | (0x61 >> 6)); // seven bits of CR over the last bit of the text
      expect(unpackUssdText(hex)).toBe('a'.repeat(count));
    }
  });

  it('that itself ends in CR on an octet gets another CR, so that its own is not taken for filling', () => {
    const hex = packUssdText('1234567\r') ?? '';
    expect(octetsFromHex(hex)).toHaveLength(8);
    expect(unpackUssdText(hex)).toBe('1234567\r\r'); // the standard: twice is as good as once
  });

  it('filled with zeros, as some networks do, has no @ at its end', () => {
    expect(unpackUssdText('E8329BFD469701')).toBe('hellohe');
  });

  it('keeps an @ that no filling can be', () => {
    expect(unpackUssdText(packUssdText('a@') ?? '')).toBe('a@');
  });

  it('is none where a character is not in the default alphabet, and none of what is no hex', () => {
    expect(packUssdText('баланс')).toBeUndefined();
    expect(unpackUssdText('*100#')).toBeUndefined();
    expect(unpackUssdText('ABC')).toBeUndefined();
  });

  it('comes back whatever it says', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aZ09*#+ \né€[]ß'), maxLength: 60 });
    fc.assert(
      fc.property(letters, (text) => {
        expect(unpackUssdText(packUssdText(text) ?? '')).toBe(text);
      }),
    );
  });
});
