import { describe, expect, test } from 'vitest';
import {
  DecodeError,
  decodePdu,
  EncodeError,
  encodeSubmit,
  type Submit,
} from '../../../src/gsm/pdu/index.ts';
import { relativeMinutes, relativeValidity, type Validity } from '../../../src/gsm/pdu/validity-period.ts';

const hour = 60;
const day = 24 * hour;
const week = 7 * day;

describe('relative', () => {
  test('every octet comes back from its minutes', () => {
    for (let raw = 0; raw < 256; raw++) expect(relativeValidity(relativeMinutes(raw))).toBe(raw);
  });

  test.each([
    [0x00, 5],
    [0x0b, hour],
    [0x8f, 12 * hour],
    [0x90, 12 * hour + 30],
    [0xa7, day],
    [0xa8, 2 * day],
    [0xa9, 3 * day],
    [0xad, 7 * day],
    [0xc4, 30 * day],
    [0xc5, 5 * week],
    [0xff, 63 * week],
  ])('%i is %i minutes', (raw, minutes) => expect(relativeMinutes(raw)).toBe(minutes));

  test.each([
    [1, 5],
    [6, 10],
    [12 * hour + 1, 12 * hour + 30],
    [day + 1, 2 * day],
    [30 * day + 1, 5 * week],
    [35 * day + 1, 6 * week],
  ])('%i minutes are rounded up to %i', (minutes, rounded) => {
    expect(relativeMinutes(relativeValidity(minutes))).toBe(rounded);
  });

  test.each([0, -5, 63 * week + 1, Number.NaN])('%d minutes are refused', (minutes) => {
    expect(() => relativeValidity(minutes)).toThrow(EncodeError);
  });
});

function sent(validity: Validity): Submit {
  const { pdu } = encodeSubmit({ to: '+491', text: 'x', validity });
  return decodePdu(pdu, { direction: 'MO', hasSmsc: true, mode: 'strict' }) as Submit;
}

describe('absolute', () => {
  test('a moment is sent with its zone', () => {
    const absolute = '2026-11-23T18:30:00-03:00';
    expect(sent({ absolute })).toMatchObject({ vpf: 'absolute', vp: { absolute } });
  });

  test('a moment that is none is null', () => {
    const pdu = `1900039194F10000${'00'.repeat(7)}05E8329BFD06`;
    expect(decodePdu(pdu, { direction: 'MO', hasSmsc: false })).toMatchObject({
      vp: { absolute: null, absoluteHex: '00000000000000' },
    });
  });
});

describe('enhanced', () => {
  test.each([
    ['00000000000000', { extension: false, singleShot: false, format: 0, value: null, seconds: null }],
    ['01000000000000', { extension: false, singleShot: false, format: 1, value: 0, seconds: 300 }],
    ['41A70000000000', { extension: false, singleShot: true, format: 1, value: 0xa7, seconds: 86_400 }],
    ['02780000000000', { extension: false, singleShot: false, format: 2, value: 120, seconds: 120 }],
    [
      '03302154000000',
      { extension: false, singleShot: false, format: 3, value: '03:12:45', seconds: 11_565 },
    ],
    ['07010203040506', { extension: false, singleShot: false, format: 7, value: null, seconds: null }],
    ['81000000000000', { extension: true, singleShot: false, format: 1, value: null, seconds: null }],
  ])('%s', (enhancedHex, enhanced) => {
    expect(sent({ enhancedHex })).toMatchObject({ vpf: 'enhanced', vp: { enhancedHex, enhanced } });
  });

  test('with digits above 9 is refused, or remarked on', () => {
    const pdu = encodeSubmit({ to: '+491', text: 'x', validity: { enhancedHex: '033021A4000000' } }).pdu;
    expect(() => decodePdu(pdu, { direction: 'MO', hasSmsc: true, mode: 'strict' })).toThrow(DecodeError);
    expect(decodePdu(pdu, { direction: 'MO', hasSmsc: true }).problems).toMatchObject([
      { field: 'vp', offset: 9 },
    ]);
  });

  test('that is cut reads as far as it goes', () => {
    const decoded = decodePdu('0900039194F100000278', { direction: 'MO', hasSmsc: false });
    expect(decoded).toMatchObject({ vp: { enhancedHex: '02780000000000', enhanced: { seconds: 120 } } });
  });

  test.each(['', '00', 'zz000000000000', '0000000000000000'])('%j is no seven octets', (enhancedHex) => {
    expect(() => sent({ enhancedHex })).toThrow(EncodeError);
  });
});

test('none is no field at all', () => {
  const { pdu } = encodeSubmit({ to: '+491', text: 'x' });
  const decoded = decodePdu(pdu, { direction: 'MO', hasSmsc: true }) as Submit;
  expect([decoded.vpf, 'vp' in decoded]).toEqual(['none', false]);
});
