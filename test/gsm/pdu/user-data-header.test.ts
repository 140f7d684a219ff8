import { describe, expect, test } from 'vitest';
import {
  type DecodeError,
  type Deliver,
  decodePdu,
  type EncodeError,
  encodeDeliver,
} from '../../../src/gsm/pdu/index.ts';

const head = '44039194F1000442507121000080';

/** A DELIVER of 8-bit data whose user data is the header and 'FF'. */
function withHeader(header: string): string {
  const ud = `${header}FF`;
  return head + (ud.length / 2).toString(16).padStart(2, '0') + ud;
}

function decode(hex: string, mode: 'strict' | 'lenient' = 'lenient') {
  return decodePdu(hex, { direction: 'MT', hasSmsc: false, mode }) as Deliver & {
    problems: readonly unknown[];
  };
}

describe('elements', () => {
  test.each([
    ['050003190201', { concat: { ref: 0x19, total: 2, seq: 1, bits: 8 } }],
    ['06080412340201', { concat: { ref: 0x1234, total: 2, seq: 1, bits: 16 } }],
    ['0404026432', { ports: { dest: 100, src: 50, bits: 8 } }],
    ['0605040B8423F0', { ports: { dest: 2948, src: 9200, bits: 16 } }],
    ['03240101', { national: { locking: 0, single: 1 } }],
    ['03250103', { national: { locking: 3, single: 0 } }],
    ['06240101250102', { national: { locking: 2, single: 1 } }],
    ['0401028005', { indications: [{ store: true, profile: 0, type: 0, count: 5 }] }],
    [
      '080102210201026301',
      {
        indications: [
          { store: false, profile: 1, type: 1, count: 2 },
          { store: false, profile: 3, type: 3, count: 1 },
        ],
      },
    ],
  ])('%s', (header, meaning) => {
    const decoded = decode(withHeader(header), 'strict');
    expect(decoded).toMatchObject({ ...meaning, dataHex: 'FF' });
    expect(decoded.udh?.map(({ data }) => data.length / 2 + 2).reduce((sum, octets) => sum + octets, 1)).toBe(
      header.length / 2,
    );
  });

  test('that are unknown or empty are skipped and kept', () => {
    expect(decode(withHeader('087002ABCD7F00A000'), 'strict').udh).toEqual([
      { iei: 0x70, data: 'ABCD' },
      { iei: 0x7f, data: '' },
      { iei: 0xa0, data: '' },
    ]);
  });

  test('that come twice: the last counts', () => {
    expect(decode(withHeader('0A00031902010003200302'), 'strict').concat).toEqual({
      ref: 0x20,
      total: 3,
      seq: 2,
      bits: 8,
    });
    expect(decode(withHeader('0B0003190201080412340402'), 'strict').concat?.bits).toBe(16);
  });

  test.each(['050003190001', '050003190200', '050003190203', '06080400000203'])(
    '%s is a part that cannot be: the message stands alone',
    (header) => {
      const decoded = decode(withHeader(header), 'strict');
      expect(decoded.concat).toBeUndefined();
      expect(decoded.udh?.length).toBe(1);
    },
  );

  test('an impossible part after a good one does not undo it', () => {
    expect(decode(withHeader('0A00031902010003200000'), 'strict').concat?.ref).toBe(0x19);
  });

  test('longer than they need to be are read by their first octets', () => {
    expect(decode(withHeader('060004190201FF'), 'strict').concat).toEqual({
      ref: 0x19,
      total: 2,
      seq: 1,
      bits: 8,
    });
  });

  test('too short for their meaning are kept and remarked on', () => {
    const hex = withHeader('0400021902');
    expect(decode(hex, 'strict')).toMatchObject({ udh: [{ iei: 0, data: '1902' }] });
    expect(decode(hex).problems).toMatchObject([{ field: 'udh', offset: 16 }]);
    expect(decode(hex).concat).toBeUndefined();
  });
});

describe('a malformed header', () => {
  test.each([
    ['050004190201', 'udh.0', 16],
    ['06000319020124', 'udh.1', 21],
    ['0700031902012402', 'udh.1', 21],
  ])('%s: an element runs past its end', (header, field, offset) => {
    const hex = withHeader(header);
    expect(() => decode(hex, 'strict')).toThrow(expect.objectContaining({ field, offset }) as DecodeError);
    const decoded = decode(hex);
    expect(decoded.problems).toMatchObject([{ field, offset }]);
    expect([decoded.udhHex, decoded.dataHex]).toEqual([header, 'FF']);
  });

  test('longer than the user data leaves no body', () => {
    const hex = `${head}040A000319`;
    expect(() => decode(hex, 'strict')).toThrow(
      expect.objectContaining({ field: 'udh.length', offset: 15 }) as DecodeError,
    );
    expect(decode(hex)).toMatchObject({ dataHex: '', udhHex: '0A000319' });
  });

  test('announced but not there', () => {
    expect(() => decode(`${head}00`, 'strict')).toThrow(
      expect.objectContaining({ field: 'udh.length' }) as DecodeError,
    );
    expect(decode(`${head}00`)).toMatchObject({ udh: [], dataHex: '' });
  });

  test('longer than TP-UDL says in septets', () => {
    const hex = `${head.replace('0004', '0000')}06050003190201`;
    expect(() => decode(hex, 'strict')).toThrow(
      expect.objectContaining({ field: 'udl', offset: 14 }) as DecodeError,
    );
    expect(decode(hex)).toMatchObject({ text: '', concat: { ref: 0x19 } });
  });
});

describe('writing', () => {
  const fields = { from: '+491', text: 'x', scts: null };

  function sent(header: object): Deliver {
    const { pdu } = encodeDeliver({ ...fields, ...header });
    return decodePdu(pdu, { direction: 'MT', hasSmsc: true, mode: 'strict' }) as Deliver;
  }

  test.each([
    { concat: { ref: 255, total: 255, seq: 255, bits: 8 } },
    { concat: { ref: 65_535, total: 2, seq: 1, bits: 16 } },
    { ports: { dest: 255, src: 0, bits: 8 } },
    { ports: { dest: 65_535, src: 1, bits: 16 } },
    { national: { locking: 1, single: 0 } },
    { national: { locking: 0, single: 2 } },
    { national: { locking: 13, single: 13 } },
    { udh: [{ iei: 0x70, data: 'ABCD' }] },
  ])('%j comes back', (header) => expect(sent(header)).toMatchObject({ ...header, text: 'x', udhi: true }));

  test('no tables to name is no header', () => {
    expect(sent({ national: { locking: 0, single: 0 } }).udhi).toBe(false);
  });

  test.each([
    [{ concat: { ref: 256, total: 2, seq: 1, bits: 8 } }, 'concat'],
    [{ concat: { ref: 65_536, total: 2, seq: 1, bits: 16 } }, 'concat'],
    [{ concat: { ref: 1.5, total: 2, seq: 1, bits: 8 } }, 'concat'],
    [{ concat: { ref: 1, total: 2, seq: 0, bits: 8 } }, 'concat'],
    [{ concat: { ref: 1, total: 2, seq: 3, bits: 8 } }, 'concat'],
    [{ concat: { ref: 1, total: 256, seq: 3, bits: 8 } }, 'concat'],
    [{ ports: { dest: 256, src: 0, bits: 8 } }, 'ports'],
    [{ ports: { dest: 0, src: -1, bits: 16 } }, 'ports'],
    [{ udh: [{ iei: 256, data: '' }] }, 'udh'],
    [{ udh: [{ iei: 1, data: 'x' }] }, 'udh'],
    [{ udh: [{ iei: 1, data: '00'.repeat(140) }] }, 'text'],
  ])('%j is refused', (header, field) => {
    expect(() => sent(header)).toThrow(
      expect.objectContaining({ code: 'encode_error', field }) as EncodeError,
    );
  });
});
