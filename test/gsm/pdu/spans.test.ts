import { describe, expect, test } from 'vitest';
import {
  type DecodeOptions,
  decodePdu,
  encodeDeliver,
  encodeStatusReport,
  encodeSubmit,
  type Span,
} from '../../../src/gsm/pdu/index.ts';
import { pduVectors } from '../../vectors/vectors.ts';

function spansOf(hex: string, options: DecodeOptions = {}): readonly Span[] {
  return decodePdu(hex, { spans: true, ...options }).spans ?? [];
}

/** Where, what and what it means, the way a person would read it. */
function lines(hex: string, options: DecodeOptions = {}): string[] {
  return spansOf(hex, options).map(({ start, end, bits, field, value, meaning }) => {
    const place = bits ? `${start}:${bits.high}-${bits.low}` : `${start}-${end}`;
    return `${place} ${field} = ${value} (${meaning})`;
  });
}

test('there are none unless asked for', () => {
  expect(decodePdu('0000', { direction: 'MO', hasSmsc: false })).not.toHaveProperty('spans');
});

test('a DELIVER, field by field', () => {
  const { pdu } = encodeDeliver({
    from: '+491',
    smsc: '+4917',
    scts: '2024-05-17T12:00:00+02:00',
    text: 'Hi',
    concat: { ref: 25, total: 2, seq: 1, bits: 8 },
  });
  expect(lines(pdu, { direction: 'MT', hasSmsc: true })).toEqual([
    '0-1 smsc.length = 3 (3 octets of service centre address)',
    '1:7-7 smsc.extension = 1 (not extended)',
    '1:6-4 smsc.ton = 1 (international)',
    '1:3-0 smsc.npi = 1 (telephone (E.164))',
    '2-4 smsc.digits = +4917 (service centre)',
    '4:7-7 replyPath = 0 (no reply path)',
    '4:6-6 udhi = 1 (the user data begins with a header)',
    '4:5-5 sri = 0 (the sender gets no report)',
    '4:3-3 loopPrevention = 0 (not forwarded)',
    '4:2-2 moreMessages = 1 (no more messages wait)',
    '4:1-0 mti = 0 (SMS-DELIVER)',
    '5-6 address.length = 3 (3 semi-octets of address)',
    '6:7-7 address.extension = 1 (not extended)',
    '6:6-4 address.ton = 1 (international)',
    '6:3-0 address.npi = 1 (telephone (E.164))',
    '7-9 address.digits = +491 (number)',
    '9-10 pid = 0x00 (ordinary short message)',
    '10-11 dcs = 0x00 (GSM 7-bit)',
    '11-18 scts = 2024-05-17T12:00:00+02:00 (when the service centre took the message)',
    '18-19 udl = 9 (9 septets of user data, header included)',
    '19-20 udh.length = 5 (5 octets of header elements)',
    '20-21 udh.0.iei = 0x00 (concatenation, 8-bit reference)',
    '21-22 udh.0.length = 3 (3 octets)',
    '22-25 udh.0.data = 190201 (part 1 of 2, reference 25)',
    '25:0-0 fill = 0 (fill bits up to the next septet)',
    '25-27 ud = Hi (2 characters)',
  ]);
});

test('the hex of a span is its octets', () => {
  const { pdu } = encodeSubmit({ to: '+491', text: 'hello' });
  const octets = pdu.match(/../g) ?? [];
  for (const { start, end, hex } of spansOf(pdu)) expect(hex).toBe(octets.slice(start, end).join(''));
});

describe('values and meanings', () => {
  const has = (hex: string, ...expected: string[]) => {
    expect(lines(hex, { hasSmsc: true })).toEqual(expect.arrayContaining(expected));
  };
  const submit = (fields: object) => encodeSubmit({ to: '+491', text: 'x', ...fields }).pdu;

  test('of the SIM its own service centre', () => {
    has(submit({}), '0-1 smsc.length = 0 (the service centre stored on the SIM)');
  });

  test.each([
    [{ validityMinutes: 60 }, '9-10 vp = 11 (valid for 1 hour)'],
    [{ validityMinutes: 5 }, '9-10 vp = 0 (valid for 5 minutes)'],
    [{ validityMinutes: 4320 }, '9-10 vp = 169 (valid for 3 days)'],
    [{ validityMinutes: 635_040 }, '9-10 vp = 255 (valid for 63 weeks)'],
    [{ validity: { absolute: '2024-05-17T12:00:00Z' } }, '9-16 vp = 2024-05-17T12:00:00Z (valid until then)'],
    [
      { validity: { enhancedHex: '42780000000000' } },
      '9-16 vp = 42780000000000 (valid for 120 seconds, one attempt only)',
    ],
    [
      { validity: { enhancedHex: '00000000000000' } },
      '9-16 vp = 00000000000000 (no period that can be told)',
    ],
  ])('of a validity period, %j', (fields, expected) => has(submit(fields), expected));

  test.each([
    [{ statusReport: true }, '1:5-5 srr = 1 (a status report is wanted)'],
    [{ rejectDuplicates: true }, '1:2-2 rejectDuplicates = 1 (refuse a duplicate still waiting)'],
    [{ validityMinutes: 60 }, '1:4-3 vpf = 2 (relative validity period)'],
    [{ pid: 0x41 }, '7-8 pid = 0x41 (replace short message type 1)'],
    [{ alphabet: 'ucs2' }, '9-10 udl = 2 (2 octets of user data)'],
    [{ text: '' }, '9-10 udl = 0 (0 septets of user data)'],
    [{ dcs: 0x04, text: undefined, dataHex: 'AB' }, '10-11 ud = AB (1 octet)'],
    [{ dcs: 0x20, text: undefined, dataHex: 'ABCD' }, '9-10 udl = 2 (2 octets of user data)'],
  ])('of a SUBMIT with %j', (fields, expected) => has(submit(fields), expected));

  test.each([
    [{ ports: { dest: 2948, src: 9200, bits: 16 } }, 'udh.0.data = 0B8423F0 (to port 2948, from port 9200)'],
    [{ national: { locking: 1, single: 0 } }, 'udh.0.data = 01 (Turkish)'],
    [{ udh: [{ iei: 0x24, data: '0E' }] }, 'udh.0.data = 0E (reserved language 14)'],
    [{ udh: [{ iei: 1, data: '8005' }] }, 'udh.0.data = 8005 (5 voice messages waiting, store the text)'],
    [{ udh: [{ iei: 1, data: '0405' }] }, 'udh.0.data = 0405 (5 other messages waiting, discard the text)'],
    [
      { udh: [{ iei: 0, data: '190200' }] },
      'udh.0.data = 190200 (part 0 of 2, reference 25: impossible, ignored)',
    ],
    [{ udh: [{ iei: 0, data: '19' }] }, 'udh.0.data = 19 (concatenation, 8-bit reference)'],
    [{ udh: [{ iei: 0x0a, data: '000101' }] }, 'udh.0.data = 000101 (text formatting)'],
    [{ udh: [{ iei: 0x70, data: '00' }] }, 'udh.0.data = 00 ((U)SIM toolkit security header)'],
    [{ udh: [{ iei: 0x80, data: '00' }] }, 'udh.0.data = 00 (specific to sender and recipient)'],
    [{ udh: [{ iei: 0xc0, data: '00' }] }, 'udh.0.data = 00 (specific to the service centre)'],
    [{ udh: [{ iei: 0xff, data: '00' }] }, 'udh.0.data = 00 (reserved)'],
  ])('of a header with %j', (fields, expected) => {
    const all = lines(submit(fields), { hasSmsc: true });
    expect(all.filter((line) => line.endsWith(expected)).length).toBe(1);
  });

  test('of a name', () => {
    const { pdu } = encodeDeliver({ from: 'Bank', scts: null, text: 'x' });
    has(pdu, '3:6-4 address.ton = 5 (alphanumeric)', '4-8 address.digits = Bank (name)');
    has(pdu, '10-17 scts = no time (when the service centre took the message)');
  });

  test('of a status report', () => {
    const times = { scts: '2024-05-17T12:00:00Z', discharge: '2024-05-17T13:00:00Z' };
    const report = { recipient: '+491', mr: 7, ...times, status: 0x46 };
    has(
      encodeStatusReport({ ...report, pid: 0, text: 'x' }).pdu,
      '2-3 mr = 7 (message reference)',
      '14-21 discharge = 2024-05-17T13:00:00Z (delivery or last attempt)',
      '21-22 status = 0x46 (validity period expired)',
      '22-23 pi = 0x07 (followed by TP-PID, TP-DCS, user data)',
    );
    has(encodeStatusReport({ ...report, emptyIndicator: true }).pdu, '22-23 pi = 0x00 (nothing follows)');
    has(
      `${encodeStatusReport(report).pdu}FFFF`,
      '22-23 pi = 0xFF (padding)',
      '23-24 trailing = FF (after the message, ignored)',
    );
  });

  test('of reports and commands', () => {
    const mobile = { direction: 'MO', hasSmsc: false } as const;
    expect(lines('00D300', mobile)).toContain('1-2 fcs = 0xD3 (memory capacity exceeded)');
    expect(lines('020700020A039194F102FFEE', mobile)).toEqual(
      expect.arrayContaining([
        '3-4 commandType = 0x02 (delete the message)',
        '4-5 messageNumber = 10 (message that the command is about)',
        '9-10 dataLength = 2 (2 octets of command data)',
        '10-12 data = FFEE (command data)',
      ]),
    );
    expect(lines('020700890A039194F100', mobile)).toContain(
      '3-4 commandType = 0x89 (reserved or specific to the service centre)',
    );
    expect(lines('030102', mobile)).toEqual(['0:1-0 mti = 3 (reserved type)', '1-3 rest = 0102 (not read)']);
  });

  test('of a malformed header', () => {
    expect(
      lines('44039194F1000442507121000080060400051902FF', { direction: 'MT', hasSmsc: false }),
    ).toContain('16-20 udh.malformed = 00051902 (an element that runs past the end of the header)');
  });
});

/** First octets have bits that mean nothing; all other octets belong to some field. */
test.each(pduVectors)('spans leave no octet of $id out, and lie in order', ({ pdu, hasSmsc, direction }) => {
  const decoded = (() => {
    try {
      return decodePdu(pdu, { spans: true, hasSmsc, ...(direction && { direction }) });
    } catch {
      return undefined;
    }
  })();
  if (decoded === undefined) return expect(pdu).toBe('07911614220991');
  const spans = decoded.spans ?? [];
  const covered = new Set(
    spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)),
  );
  expect(covered.size).toBe(Math.floor(pdu.length / 2));
  expect(spans.map(({ start }) => start)).toEqual(spans.map(({ start }) => start).toSorted((a, b) => a - b));
  for (const { field, value, meaning } of spans) expect([field, typeof value, meaning]).not.toContain('');
});
