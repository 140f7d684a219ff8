import { describe, expect, test } from 'vitest';
import { octetsFromHex } from '../../../src/gsm/octets.ts';
import {
  type Address,
  appendAddress,
  parseAddress,
  parseNumber,
  readAddress,
} from '../../../src/gsm/pdu/address.ts';
import type { DecodeError } from '../../../src/gsm/pdu/decode-error.ts';
import type { EncodeError } from '../../../src/gsm/pdu/encode-error.ts';
import { PduReader } from '../../../src/gsm/pdu/pdu-reader.ts';

function read(hex: string, mode: 'strict' | 'lenient' = 'strict') {
  const reader = new PduReader(octetsFromHex(hex) as Uint8Array, mode, []);
  return { ...readAddress(reader), problems: reader.problems.map(({ field }) => field) };
}

function written(address: Address): string {
  return appendAddress('', address, 'to');
}

describe('reading', () => {
  test.each([
    ['0B911604895626F9', '+61409865629', 1, 1],
    ['0B811604895626F9', '61409865629', 0, 1],
    ['0BA11604895626F9', '61409865629', 2, 1],
    ['0D812143658709BAFC', '1234567890*#a', 0, 1],
    ['0080', '', 0, 0],
    ['0091', '', 1, 1],
    ['01F0F1', '1', 7, 0],
  ])('%s is %s', (hex, address, ton, npi) => {
    expect(read(hex, 'lenient')).toMatchObject({ address, ton, npi });
  });

  test.each([
    ['06D061F118', 'abc'],
    ['0DD0CDF2396C7EBB01', 'Megafon'],
    ['0ED0CDF2396C7EBB01', 'Megafon'],
    ['0ED0D637396C7EBBCB', 'Vodafone'],
    ['00D0', ''],
    ['04D01000', 'Δ@'],
    ['14D0E10D6FE3DBA036A94D19', 'a[]{}€'],
    ['02D041', 'A'],
  ])('the name in %s is %s', (hex, name) => expect(read(hex).address).toBe(name));

  test.each([
    ['159121436587092143658709F1', 'address.length'],
    ['0C911604895697F7', 'address.digits'],
    ['0B9116', 'address.digits'],
    ['0B', 'address.toa'],
  ])('%s is refused for %s', (hex, field) => {
    expect(() => read(hex)).toThrow(expect.objectContaining({ field }) as DecodeError);
    expect(read(hex, 'lenient').problems).toEqual([field]);
  });

  test('a digit where the filler should be is remarked on, not refused', () => {
    expect(read('018005').address).toBe('5');
    expect(read('018005', 'lenient').problems).toEqual(['address.digits']);
  });

  test('a name that is cut gives its whole characters', () => {
    expect(read('0DD0CDF239', 'lenient').address).toBe('Meg');
  });
});

describe('numbers as people write them', () => {
  test.each([
    ['+49 (151) 123-45.67/8', { address: '+4915112345678', ton: 1, npi: 1 }],
    ['12345', { address: '12345', ton: 0, npi: 1 }],
    ['*100#', { address: '*100#', ton: 0, npi: 1 }],
    ['0151 1', { address: '01511', ton: 0, npi: 1 }],
  ])('%s', (text, address) => expect(parseNumber(text)).toEqual(address));

  test.each(['', '+', 'abcd', '+49x', 'Megafon'])('%j is no number', (text) =>
    expect(parseNumber(text)).toBeUndefined(),
  );

  test('what is no number is a name', () => {
    expect(parseAddress('My Shop')).toEqual({ address: 'My Shop', ton: 5, npi: 0 });
    expect(parseAddress('')).toEqual({ address: '', ton: 0, npi: 0 });
  });
});

describe('writing', () => {
  test.each([
    [parseAddress('+61409865629'), '0B911604895626F9'],
    [parseAddress('12345'), '05812143F5'],
    [parseAddress('*#abc'), '0581BADCFE'],
    [{ address: '12345678', ton: 2, npi: 1 }, '08A121436587'],
    [parseAddress('Megafon'), '0DD0CDF2396C7EBB01'],
    [parseAddress('Hello World'), '14D0C8329BFD065DDF723619'],
    [parseAddress(''), '0080'],
  ])('%j is %s', (address, hex) => expect(written(address)).toBe(hex));

  test.each([
    { address: '123456789012345678901', ton: 0, npi: 1 },
    { address: '12x4', ton: 0, npi: 1 },
    { address: '123x', ton: 0, npi: 1 },
    { address: 'Hello World!', ton: 5, npi: 0 },
    { address: 'Привет', ton: 5, npi: 0 },
  ])('%j is refused', (address) => {
    expect(() => written(address)).toThrow(
      expect.objectContaining({ code: 'encode_error', field: 'to' }) as EncodeError,
    );
  });
});
