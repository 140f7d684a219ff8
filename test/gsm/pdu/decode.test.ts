import { describe, expect, test } from 'vitest';
import { DecodeError, type DecodeOptions, type Deliver, decodePdu } from '../../../src/gsm/pdu/index.ts';

/** A DELIVER without SMSC part: from +491, 'hello', with fields to be replaced. */
function deliverHex({
  first = '04',
  address = '039194F1',
  pid = '00',
  dcs = '00',
  time = '42507121000080',
  ud = '05E8329BFD06',
}) {
  return first + address + pid + dcs + time + ud;
}

function decode(
  hex: string,
  options: DecodeOptions = {},
): Deliver & { problems: readonly { field: string; offset: number }[] } {
  return decodePdu(hex, { direction: 'MT', hasSmsc: false, ...options }) as ReturnType<typeof decode>;
}

function fieldsOf(hex: string, options: DecodeOptions = {}): [string, number][] {
  return decode(hex, options).problems.map(({ field, offset }) => [field, offset]);
}

function refusal(hex: string, options: DecodeOptions = {}): [string, number] {
  try {
    decodePdu(hex, { direction: 'MT', hasSmsc: false, mode: 'strict', ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
    return [(error as DecodeError).field, (error as DecodeError).offset];
  }
  throw new Error('not refused');
}

describe('what is no PDU at all', () => {
  test.each(['', 'x', '0', 'zz', 'hello'])('%j is refused in either mode', (hex) => {
    expect(refusal(hex)).toEqual(['pdu', 0]);
    expect(refusal(hex, { mode: 'lenient' })).toEqual(['pdu', 0]);
  });

  test('an SMSC part alone is refused in either mode', () => {
    expect(refusal('0791947122', { hasSmsc: true, mode: 'lenient' })).toEqual(['firstOctet', 5]);
    expect(refusal('00', { hasSmsc: true })).toEqual(['firstOctet', 1]);
  });

  test('no octets are refused', () => {
    expect(() => decodePdu(new Uint8Array(), {})).toThrow(DecodeError);
  });
});

describe('hex that breaks off', () => {
  test('is read up to the break in lenient mode', () => {
    const decoded = decode(`${deliverHex({})}F\r\n`);
    expect([decoded.text, decoded.problems[0]?.field, decoded.problems[0]?.offset]).toEqual([
      'hello',
      'pdu',
      20,
    ]);
    expect(refusal(`${deliverHex({})}\r\n`)).toEqual(['pdu', 20]);
    expect(refusal(`${deliverHex({})}F`)).toEqual(['pdu', 20]);
  });

  test('in lower case is read', () => expect(decode(deliverHex({}).toLowerCase()).text).toBe('hello'));
});

test('octets are read like hex', () => {
  const octets = Uint8Array.from(deliverHex({}).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  expect(decodePdu(octets, { direction: 'MT', hasSmsc: false })).toEqual(decode(deliverHex({})));
});

test('a very long PDU is read like any other', () => {
  const decoded = decode(deliverHex({}) + 'FF'.repeat(2000));
  expect([decoded.text, decoded.trailing]).toEqual(['hello', 2000]);
});

test('a PDU keeps its values when another is decoded', () => {
  const first = decode(deliverHex({}), { spans: true });
  const copy = structuredClone(first);
  decode(deliverHex({ address: '03919999F9', ud: '05FFFFFFFF07' }));
  expect(first).toEqual(copy);
});

describe('a PDU cut anywhere', () => {
  const whole = deliverHex({});
  const cuts = Array.from({ length: whole.length / 2 - 1 }, (_, index) => whole.slice(0, 2 * (index + 1)));

  test.each(cuts)('%s gives in lenient mode what is there, and one problem at its end', (cut) => {
    const decoded = decode(cut);
    expect(decoded.kind).toBe('deliver');
    expect(decoded.problems.map(({ offset }) => offset)[0]).toBeLessThanOrEqual(cut.length / 2);
    expect(decoded.problems.length).toBe(1);
    expect(refusal(cut)[1]).toBe(decoded.problems[0]?.offset);
  });

  test('has neutral values for the fields it lacks', () => {
    expect(decode('04')).toMatchObject({ address: '', pid: 0, dcs: 0, scts: null, udl: 0, text: '' });
  });

  test('gives the whole characters of a text that is cut', () => {
    expect(decode(whole.slice(0, -2)).text).toBe('hell');
  });
});

describe('the SMSC part', () => {
  const bare = deliverHex({});

  test.each([
    ['00', { smsc: null }],
    ['07919471227210F0', { smsc: '+49172227010', smscToa: 0x91 }],
    ['03812143', { smsc: '1234', smscToa: 0x81 }],
    ['0191', { smsc: '', smscToa: 0x91 }],
  ])('%s is told by the length that came along', (smsc, expected) => {
    expect(decodePdu(smsc + bare, { direction: 'MT', tpduLength: 20, mode: 'strict' })).toMatchObject(
      expected,
    );
  });

  test.each(['00', '07919471227210F0'])('%s is found though the length counts it too', (smsc) => {
    const tpduLength = 20 + smsc.length / 2;
    expect(decodePdu(smsc + bare, { direction: 'MT', tpduLength })).toMatchObject({
      kind: 'deliver',
      text: 'hello',
    });
  });

  test('is told to be absent by the length', () => {
    expect(decodePdu(bare, { direction: 'MT', tpduLength: 20 })).not.toHaveProperty('smsc');
  });

  test.each([
    [`00${bare}`, true],
    [`07919471227210F0${bare}`, true],
    [bare, false],
    [deliverHex({ first: '00' }), false],
  ])('%s is told by which way it reads', (hex, present) => {
    const decoded = decodePdu(hex, { direction: 'MT' });
    expect([decoded.kind, 'smsc' in decoded, decoded.problems]).toEqual(['deliver', present, []]);
  });

  test('is taken to be there when neither way reads', () => {
    expect(decodePdu(`00${bare.slice(0, -4)}`, { direction: 'MT' })).toMatchObject({
      smsc: null,
      text: 'hel',
    });
  });

  test('that would be the whole PDU is none', () => {
    expect(decodePdu('0401', { direction: 'MT' })).toMatchObject({ kind: 'deliver', tpduLength: 2 });
  });

  test('longer than any number is refused, or read with a remark', () => {
    const long = `0C91${'21'.repeat(11)}${bare}`;
    expect(refusal(long, { hasSmsc: true })).toEqual(['smsc.length', 0]);
    expect(fieldsOf(long, { hasSmsc: true })).toEqual([['smsc.length', 0]]);
  });

  test('a length that does not fit is refused, or remarked on', () => {
    expect(refusal(`00${bare}`, { hasSmsc: true, tpduLength: 19 })).toEqual(['tpduLength', 1]);
    expect(fieldsOf(`00${bare}`, { hasSmsc: true, tpduLength: 19 })).toEqual([['tpduLength', 1]]);
  });
});

describe('the type of a TPDU', () => {
  const deliver = deliverHex({});
  const submit = '0100039194F1000005E8329BFD06';
  const reserved = `07${deliver.slice(2)}`;

  test.each([
    [deliver, 'MT', 'deliver'],
    [deliver, undefined, 'deliver'],
    ['0000', 'MO', 'deliver-report'],
    [submit, 'MO', 'submit'],
    [submit, undefined, 'submit'],
    ['010042507121000080', 'MT', 'submit-report'],
    ['0200000000039194F100', 'MO', 'command'],
    ['0605039194F1425071210000804250712100008000', 'MT', 'status-report'],
    ['0605039194F1425071210000804250712100008000', undefined, 'status-report'],
    [reserved, 'MT', 'deliver'],
    [reserved, undefined, 'deliver'],
  ] as const)('%s, %s: %s', (hex, direction, kind) => {
    const decoded = decodePdu(hex, { hasSmsc: false, mode: 'strict', ...(direction && { direction }) });
    expect(decoded.kind).toBe(kind);
  });

  test('a SUBMIT among incoming PDUs is one from the message store', () => {
    expect(decodePdu(submit, { direction: 'MT', hasSmsc: false, mode: 'strict' })).toMatchObject({
      kind: 'submit',
      text: 'hello',
    });
  });

  test('what reads neither as a report nor as a SUBMIT is refused as a report', () => {
    expect(refusal('0112')).toEqual(['pi', 2]);
    expect(decodePdu('0112', { direction: 'MT', hasSmsc: false }).kind).toBe('submit-report');
  });

  test.each([
    ['0301', 'MO'],
    ['0301', 'MT'],
    ['03', undefined],
    [reserved, 'MO'],
  ] as const)('%s, %s is of a reserved type: shown raw, refused in strict mode', (hex, direction) => {
    const options = { hasSmsc: false, ...(direction && { direction }) };
    expect(decodePdu(hex, options)).toMatchObject({ kind: 'reserved', tpduHex: hex });
    expect(() => decodePdu(hex, { ...options, mode: 'strict' })).toThrow(
      expect.objectContaining({ field: 'firstOctet', offset: 0 }) as DecodeError,
    );
  });

  test('a SUBMIT-REPORT leaves bits 0 that tell a SUBMIT', () => {
    // Relative validity, and fields that would read as a report with a cause just as well.
    const ambiguous = '11040481436500004B00';
    expect(decodePdu(ambiguous, { direction: 'MT', hasSmsc: false }).kind).toBe('submit');
  });

  test('a reserved type is given raw', () => {
    expect(decodePdu('030102', { direction: 'MO', hasSmsc: false })).toEqual({
      kind: 'reserved',
      firstOctet: 3,
      tpduHex: '030102',
      tpduLength: 3,
      problems: [{ field: 'firstOctet', offset: 0, message: expect.any(String) }],
    });
  });
});

describe('user data', () => {
  test.each([
    ['a length above what is there', '06E8329BFD06', 'hello', 'ud', 15],
    ['more than 140 octets', `A1${'E8'.repeat(141)}`, undefined, 'udl', 14],
  ])('with %s', (_, ud, text, field, offset) => {
    expect(refusal(deliverHex({ ud }))).toEqual([field, offset]);
    const decoded = decode(deliverHex({ ud }));
    if (text) expect(decoded.text).toBe(text);
    expect(decoded.problems[0]).toMatchObject({ field, offset });
  });

  test('with octets after it counts them', () => {
    expect(decode(`${deliverHex({})}FFFF`, { mode: 'strict' })).toMatchObject({ text: 'hello', trailing: 2 });
  });

  test('of an odd number of UCS-2 octets loses the last', () => {
    const hex = deliverHex({ dcs: '08', ud: '03041400' });
    expect(decode(hex, { mode: 'strict' }).text).toBe('\u0414');
    expect(fieldsOf(hex)).toEqual([['ud', 15]]);
  });

  test('keeps half a surrogate pair', () => {
    expect(decode(deliverHex({ dcs: '08', ud: '02D83D' })).text).toBe('\ud83d');
  });

  test('of 8 bits stays octets', () => {
    const decoded = decode(deliverHex({ dcs: '04', ud: '03FF0001' }), { mode: 'strict' });
    expect(decoded).toMatchObject({ alphabet: '8bit', dataHex: 'FF0001' });
    expect(decoded).not.toHaveProperty('text');
  });

  test.each(['20', '28', '24'])('compressed by TP-DCS %s stays octets', (dcs) => {
    const decoded = decode(deliverHex({ dcs, ud: '02ABCD' }), { mode: 'strict' });
    expect(decoded).toMatchObject({ compressed: true, dataHex: 'ABCD', udl: 2 });
    expect(decoded).not.toHaveProperty('text');
  });

  test('says class, automatic deletion and waiting indication', () => {
    expect(decode(deliverHex({ dcs: '50' }))).toMatchObject({ autoDelete: true, messageClass: 0 });
    expect(decode(deliverHex({ dcs: 'D9' })).mwi).toEqual({ store: true, active: true, type: 'fax' });
  });

  test('gives the units of the text on request', () => {
    expect(decode(deliverHex({}), { units: true }).septetsHex).toBe('68656C6C6F');
    expect(decode(deliverHex({ dcs: '08', ud: '0404140435' }), { units: true }).ucs2Hex).toBe('04140435');
  });
});

describe('the protocol identifier', () => {
  test.each([
    ['40', { type0: true }],
    ['41', { replaceType: 1 }],
    ['47', { replaceType: 7 }],
  ])('%s is %j', (pid, meaning) => expect(decode(deliverHex({ pid }))).toMatchObject(meaning));

  test.each(['00', '3F', '48', '7F'])('%s asks nothing', (pid) => {
    const decoded = decode(deliverHex({ pid }));
    expect([decoded.type0, decoded.replaceType]).toEqual([undefined, undefined]);
  });
});
