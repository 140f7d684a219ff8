import { describe, expect, test } from 'vitest';
import { octetsFromHex } from '../../../src/gsm/octets.ts';
import { DecodeError } from '../../../src/gsm/pdu/decode-error.ts';
import type { EncodeError } from '../../../src/gsm/pdu/encode-error.ts';
import { decodePdu } from '../../../src/gsm/pdu/index.ts';
import { PduReader } from '../../../src/gsm/pdu/pdu-reader.ts';
import { hexOfTime, readTime } from '../../../src/gsm/pdu/time.ts';

function read(hex: string, mode: 'strict' | 'lenient' = 'strict') {
  const reader = new PduReader(octetsFromHex(hex) as Uint8Array, mode, []);
  return { time: readTime(reader, 'scts'), problems: reader.problems.length, offset: reader.offset };
}

function written(time: string | null): string {
  return hexOfTime(time, 'scts');
}

describe('reading', () => {
  test.each([
    ['42507121000080', '2024-05-17T12:00:00+02:00'],
    ['42507121000008', '2024-05-17T12:00:00Z'],
    ['42507121000000', '2024-05-17T12:00:00Z'],
    ['4250712100002B', '2024-05-17T12:00:00-08:00'],
    ['4250712100000A', '2024-05-17T12:00:00-05:00'],
    ['42507121000032', '2024-05-17T12:00:00+05:45'],
    ['42507121000065', '2024-05-17T12:00:00+14:00'],
    ['99211332959500', '1999-12-31T23:59:59Z'],
    ['09107121000000', '1990-01-17T12:00:00Z'],
    ['98107121000000', '2089-01-17T12:00:00Z'],
    ['42209200000000', '2024-02-29T00:00:00Z'],
  ])('%s is %s', (hex, time) => {
    expect(read(hex)).toEqual({ time, problems: 0, offset: 7 });
  });

  test.each([
    ['00000000000000', 'all zero'],
    ['42007121000000', 'month 0'],
    ['42317121000000', 'month 13'],
    ['42500021000000', 'day 0'],
    ['42201300000000', 'February 31'],
    ['32209200000000', 'February 29 of no leap year'],
    ['42401300000000', 'April 31'],
    ['42507142000000', 'hour 24'],
    ['42507121060000', 'minute 60'],
    ['42507121000600', 'second 60'],
    ['42507121000075', 'a zone above 14 hours'],
  ])('%s (%s) is no time, with a remark, and refused by nobody', (hex) => {
    expect(read(hex)).toEqual({ time: null, problems: 0, offset: 7 });
    expect(read(hex, 'lenient')).toEqual({ time: null, problems: 1, offset: 7 });
  });

  test.each(['F2507121000080', '4A507121000080', '42F07121000080', '425071210000A0', 'FFFFFFFFFFFFFF'])(
    '%s has a digit above 9: null, and refused in strict mode',
    (hex) => {
      expect(() => read(hex)).toThrow(DecodeError);
      expect(read(hex, 'lenient')).toEqual({ time: null, problems: 1, offset: 7 });
    },
  );

  test('a time that is cut is null', () => {
    expect(read('425071', 'lenient')).toEqual({ time: null, problems: 1, offset: 3 });
  });
});

describe('a time that is none keeps its octets', () => {
  const decode = (hex: string) => decodePdu(hex, { direction: 'MT', hasSmsc: false });

  test('of a DELIVER, whole or cut', () => {
    expect(decode('04039194F100004213712100008000')).toMatchObject({ scts: null, sctsHex: '42137121000080' });
    expect(decode('04039194F10000425071')).toMatchObject({ scts: null, sctsHex: '425071' });
    expect(decode('04039194F100004250712100008000')).not.toHaveProperty('sctsHex');
  });

  test('of a STATUS-REPORT', () => {
    const hex = '0607039194F1FFFFFFFFFFFFFF0000000000000000';
    expect(decode(hex)).toMatchObject({ sctsHex: 'FFFFFFFFFFFFFF', dischargeHex: '00000000000000' });
  });

  test('of a SUBMIT-REPORT', () => {
    expect(decode('010000000000000000')).toMatchObject({ kind: 'submit-report', sctsHex: '00000000000000' });
  });
});

describe('writing', () => {
  test.each([
    ['2024-05-17T12:00:00+02:00', '42507121000080'],
    ['2024-05-17T12:00:00Z', '42507121000000'],
    ['2024-05-17T12:00:00.750Z', '42507121000000'],
    ['2024-05-17T12:00:00-05:00', '4250712100000A'],
    ['2024-05-17T12:00:00-08:00', '4250712100002B'],
    ['1990-01-01T00:00:00Z', '09101000000000'],
    ['2089-12-31T23:59:59+14:00', '98211332959565'],
    [null, '00000000000000'],
  ])('%s is %s', (time, hex) => expect(written(time)).toBe(hex));

  test.each([
    '2024-05-17 12:00:00Z',
    '2024-05-17T12:00:00',
    '2024-13-17T12:00:00Z',
    '2024-02-30T12:00:00Z',
    '2024-05-17T24:00:00Z',
    '1989-05-17T12:00:00Z',
    '2090-05-17T12:00:00Z',
    '2024-05-17T12:00:00+02:10',
    '2024-05-17T12:00:00+14:15',
    'yesterday',
  ])('%s is refused', (time) => {
    expect(() => written(time)).toThrow(expect.objectContaining({ field: 'scts' }) as EncodeError);
  });
});
