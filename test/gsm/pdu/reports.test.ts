import { describe, expect, test } from 'vitest';
import {
  type Command,
  type DecodedPdu,
  DecodeError,
  type Direction,
  decodePdu,
  type EncodeError,
  encodeStatusReport,
  type StatusReport,
} from '../../../src/gsm/pdu/index.ts';

function decode(hex: string, direction: Direction, mode: 'strict' | 'lenient' = 'strict'): DecodedPdu {
  return decodePdu(hex, { direction, hasSmsc: false, mode });
}

/** A report from +491 about message 7, received. */
const report = '0607039194F1425071210000804250711200008000';

describe('a status report', () => {
  test('may end with its status', () => {
    const decoded = decode(report, 'MT');
    expect(decoded).toMatchObject({ kind: 'status-report', mr: 7, address: '+491', status: 0, trailing: 0 });
    expect(decoded).not.toHaveProperty('pi');
  });

  test.each([
    ['00', { pi: 0, trailing: 0 }],
    ['000000', { pi: 0, trailing: 2 }],
    ['FFFFFFFF', { pi: 0xff, trailing: 3 }],
    ['0140', { pi: 1, pid: 0x40 }],
    ['0208', { pi: 2, dcs: 8 }],
    ['0608020414', { pi: 6, dcs: 8, text: '\u0414' }],
    ['070004024142', { pi: 7, pid: 0, dcs: 4, dataHex: '4142' }],
    ['0402C834', { pi: 4, alphabet: 'gsm7', text: 'Hi', dataHex: 'C834' }],
    ['810140', { pi: 0x81, pid: 0x40 }],
  ])('may go on with %s', (optional, expected) => {
    expect(decode(report + optional, 'MT')).toMatchObject(expected);
  });

  test('with a header before text of no stated alphabet gives the octets after the header', () => {
    const decoded = decode(`46${report.slice(2)}0408040302010220D3`, 'MT');
    expect(decoded).toMatchObject({ udh: [{ iei: 3, data: '0102' }], text: 'Hi', dataHex: '20D3' });
  });

  test('keeps its own fields when what follows is cut', () => {
    for (const optional of ['01', '02', '04', '0402C8', '81']) {
      expect(() => decode(report + optional, 'MT')).toThrow(DecodeError);
      expect(decode(report + optional, 'MT', 'lenient')).toMatchObject({ mr: 7, address: '+491', status: 0 });
    }
  });

  test('announcing a header that is not there has no octets of text', () => {
    const decoded = decode(`46${report.slice(2)}0400`, 'MT', 'lenient');
    expect(decoded).toMatchObject({ dataHex: '', text: '' });
  });

  test('may have no time of discharge', () => {
    const hex = report.replace('42507112000080', '00000000000000');
    expect(decode(hex, 'MT')).toMatchObject({ scts: '2024-05-17T12:00:00+02:00', discharge: null });
  });

  test('says what it is about', () => {
    expect(decode(`2A${report.slice(2)}`, 'MT')).toMatchObject({
      srq: true,
      moreMessages: true,
      loopPrevention: true,
    });
  });
});

describe('writing a status report', () => {
  const fields = {
    recipient: '+491',
    mr: 7,
    scts: '2024-05-17T12:00:00+02:00',
    discharge: '2024-05-17T21:00:00+02:00',
    status: 0,
  };

  function sent(extra: object = {}): StatusReport {
    const { pdu, tpduLength } = encodeStatusReport({ ...fields, ...extra });
    return decodePdu(pdu, { direction: 'MT', tpduLength, mode: 'strict' }) as StatusReport;
  }

  test('gives the octets of the standard', () => {
    expect(encodeStatusReport(fields)).toEqual({ pdu: `00${report}`, tpduLength: 21 });
  });

  test.each([
    { moreMessages: true },
    { srq: true, loopPrevention: true },
    { discharge: null },
    { status: 0x46 },
    { pid: 0x40 },
    { dcs: 8 },
    { text: 'spä', alphabet: 'gsm7' },
    { text: 'Привет', alphabet: 'ucs2' },
    { dataHex: 'FF00', alphabet: '8bit' },
    { text: 'x', udh: [{ iei: 3, data: '01' }] },
  ])('with %j', (extra) => expect(sent(extra)).toMatchObject(extra));

  test('may announce nothing', () => expect(sent({ emptyIndicator: true }).pi).toBe(0));

  test.each([
    [{ mr: 256 }, 'mr'],
    [{ status: -1 }, 'status'],
    [{ pid: 1.5 }, 'pid'],
    [{ dcs: 300 }, 'dcs'],
    [{ dcs: 300, text: 'x' }, 'dcs'],
    [{ recipient: '+1234567890123456789012' }, 'recipient'],
    [{ scts: 'now' }, 'scts'],
    [{ discharge: 'now' }, 'discharge'],
    [{ text: 'Привет', alphabet: 'gsm7' }, 'text'],
    [{ text: 'x', alphabet: '8bit' }, 'text'],
    [{ dataHex: '0', alphabet: '8bit' }, 'dataHex'],
    [{ dataHex: '00', alphabet: 'gsm7' }, 'dataHex'],
    [{ dataHex: '00'.repeat(141) }, 'dataHex'],
    [{ text: 'x'.repeat(161) }, 'text'],
    [{ text: 'x', dcs: 0x20 }, 'text'],
  ])('%j is refused', (extra, field) => {
    expect(() => sent(extra)).toThrow(
      expect.objectContaining({ code: 'encode_error', field }) as EncodeError,
    );
  });
});

describe('a deliver report', () => {
  test.each([
    ['0000', { pi: 0 }],
    ['00D300', { fcs: 0xd3, pi: 0 }],
    ['001200', { fcs: 0x12, pi: 0 }],
    ['000106', { pi: 1, pid: 6 }],
    ['00FF030004', { fcs: 0xff, pi: 3, pid: 0, dcs: 4 }],
  ])('%s', (hex, expected) => {
    const decoded = decode(hex, 'MO');
    expect(decoded).toMatchObject({ kind: 'deliver-report', ...expected });
    expect('fcs' in decoded).toBe('fcs' in expected);
  });

  test.each([
    ['00', 'fcs', 1],
    ['00D3', 'pi', 2],
    ['0001', 'pid', 2],
  ])('%s is refused for %s', (hex, field, offset) => {
    expect(() => decode(hex, 'MO')).toThrow(expect.objectContaining({ field, offset }) as DecodeError);
  });
});

describe('a submit report', () => {
  test.each([
    ['010042507121000080', { pi: 0 }],
    ['01C50042507121000080', { fcs: 0xc5, pi: 0 }],
    ['01064250712100008004024142', { pi: 6, dcs: 4, dataHex: '4142' }],
  ])('%s', (hex, expected) => {
    expect(decode(hex, 'MT')).toMatchObject({
      kind: 'submit-report',
      scts: '2024-05-17T12:00:00+02:00',
      ...expected,
    });
  });
});

describe('a command', () => {
  test('gives its fields and its data', () => {
    const decoded = decode('620700020A039194F102FFEE00', 'MO') as Command & DecodedPdu;
    expect(decoded).toEqual({
      kind: 'command',
      firstOctet: 0x62,
      udhi: true,
      srr: true,
      mr: 7,
      pid: 0,
      commandType: 2,
      messageNumber: 10,
      address: '+491',
      ton: 1,
      npi: 1,
      toa: 0x91,
      dataHex: 'FFEE',
      trailing: 1,
      tpduLength: 13,
      problems: [],
    });
  });

  test('that is cut gives the data that is there', () => {
    expect(decode('020700020A039194F104FF', 'MO', 'lenient')).toMatchObject({ dataHex: 'FF' });
    expect(() => decode('020700020A039194F104FF', 'MO')).toThrow(DecodeError);
  });
});
