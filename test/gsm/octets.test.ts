import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hexDigits,
  hexFromOctets,
  hexOfTwo,
  hexPair,
  octetsFromHex,
  packedLength,
  packSeptets,
  readHex,
  unpackSeptets,
  textOfUtf8,
} from '../../src/gsm/octets.ts';

describe('hex', () => {
  test('reads either case and writes upper case', () => {
    const octets = octetsFromHex('00aBCdef7F') as Uint8Array;
    expect(Array.from(octets)).toEqual([0x00, 0xab, 0xcd, 0xef, 0x7f]);
    expect(hexFromOctets(octets)).toBe('00ABCDEF7F');
    expect(hexFromOctets(octets, 1, 3)).toBe('ABCD');
  });

  test.each(['0', '0g', 'g0', '0Ā', 'Ā0', '00 1', 'ÿÿ', '\u0130\u0130'])(
    '%j is not whole octets of hex',
    (text) => {
      expect(octetsFromHex(text)).toBeUndefined();
      expect(readHex(text, new Uint8Array(8))).toBe(false);
    },
  );

  test.each([
    ['', 0],
    ['12AB', 4],
    ['12x4', 2],
    ['Ā', 0],
  ])('%j begins with hex digits: %i', (text, count) => expect(hexDigits(text)).toBe(count));

  test('any octets come back from their hex', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(octetsFromHex(hexFromOctets(octets))).toEqual(octets);
      }),
    );
  });

  test('one and two octets are written with all their digits', () => {
    expect([hexPair(0x0a), hexPair(0x10a), hexOfTwo(0, 0x0b), hexOfTwo(0xff, 1)]).toEqual([
      '0A',
      '0A',
      '000B',
      'FF01',
    ]);
  });
});

describe('septets', () => {
  test('seven septets fill seven octets, and their count tells them from eight', () => {
    const septets = Uint8Array.from('hellohe', (character) => character.charCodeAt(0));
    const packed = packSeptets(septets);
    expect(hexFromOctets(packed)).toBe('E8329BFD469701');
    expect(Array.from(unpackSeptets(packed, 0, 7))).toEqual(Array.from(septets));
    expect(unpackSeptets(packed, 0, 8)[7]).toBe(0);
  });

  test('any septets come back from any place after any fill bits', () => {
    const septet = fc.integer({ min: 0, max: 127 });
    fc.assert(
      fc.property(
        fc.array(septet),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 3 }),
        (all, fill, start) => {
          const septets = Uint8Array.from(all);
          const packed = packSeptets(septets, fill);
          expect(packed.length).toBe(packedLength(septets.length, fill));
          const octets = new Uint8Array(start + packed.length);
          octets.set(packed, start);
          expect(unpackSeptets(octets, start, septets.length, fill)).toEqual(septets);
        },
      ),
    );
  });
});

describe('octets of UTF-8 in a string', () => {
  test.each([
    ['100 % for 5 \u00e2\u0082\u00ac', '100 % for 5 €'],
    ['\u00f0\u009f\u0098\u0080', '😀'],
    ['Gr\u00fc\u00dfe', undefined],
    ['cut \u00e2\u0082', undefined],
    ['', ''],
  ])('%j are %j', (octets, text) => expect(textOfUtf8(octets)).toBe(text));

  test('any text comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const octets = Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join(
          '',
        );
        expect(textOfUtf8(octets)).toBe(text);
      }),
    );
  });
});
