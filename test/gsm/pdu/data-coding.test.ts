import { expect, test } from 'vitest';
import { dataCoding, dcsOf } from '../../../src/gsm/pdu/data-coding.ts';
import { dcsTable } from '../../vectors/vectors.ts';

test('the table has every octet', () => {
  expect(dcsTable.map(({ dcs }) => dcs)).toEqual(Array.from({ length: 256 }, (_, dcs) => dcs));
});

test.each(dcsTable)('$hex is $group $alphabet', ({ dcs, hex: _, ...meaning }) => {
  expect(dataCoding(dcs)).toEqual(meaning);
});

test.each([
  ['gsm7', undefined, 0x00],
  ['gsm7', 0, 0x10],
  ['8bit', undefined, 0x04],
  ['8bit', 2, 0x16],
  ['ucs2', undefined, 0x08],
  ['ucs2', 0, 0x18],
] as const)('%s of class %s is written as %i', (alphabet, messageClass, dcs) => {
  expect(dcsOf(alphabet, messageClass)).toBe(dcs);
});
