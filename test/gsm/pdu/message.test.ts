import { describe, expect, test } from 'vitest';
import {
  decodePdu,
  EncodeError,
  encodeMessage,
  type MessageFields,
  type Submit,
} from '../../../src/gsm/pdu/index.ts';

function sent(fields: Partial<MessageFields> & { text: string }): Submit[] {
  const { segments } = encodeMessage({ to: '+4915112345678', ref: 7, ...fields });
  return segments.map(({ pdu, tpduLength, text }) => {
    const decoded = decodePdu(pdu, { direction: 'MO', tpduLength, mode: 'strict' }) as Submit;
    expect(decoded.text).toBe(text);
    return decoded;
  });
}

test('a short text is one SUBMIT with no header', () => {
  expect(encodeMessage({ to: '+4915112345678', text: 'hello', ref: 7 })).toEqual({
    alphabet: 'gsm7',
    segments: [{ pdu: '0001000D91945111325476F8000005E8329BFD06', tpduLength: 19, text: 'hello' }],
  });
});

test('an empty text is a SUBMIT too', () => expect(sent({ text: '' })).toMatchObject([{ text: '', udl: 0 }]));

describe('a long text', () => {
  test.each([8, 16] as const)('is parts of one %i-bit reference', (refBits) => {
    const parts = sent({ text: 'x'.repeat(400), refBits });
    expect(parts.map(({ concat }) => concat)).toEqual(
      [1, 2, 3].map((seq) => ({ ref: 7, total: 3, seq, bits: refBits })),
    );
    expect(parts.map(({ text }) => text).join('')).toBe('x'.repeat(400));
  });

  test('with tables and ports has them in each part', () => {
    const parts = sent({
      text: 'ğ'.repeat(200),
      nationalTables: [1],
      ports: { dest: 1000, src: 2000, bits: 16 },
    });
    expect(parts.length).toBe(2);
    for (const part of parts) {
      expect(part).toMatchObject({ ports: { dest: 1000, src: 2000 }, national: { locking: 1, single: 0 } });
      expect(part.alphabet).toBe('gsm7');
    }
  });

  test('has the same options in each part', () => {
    const options = {
      statusReport: true,
      validityMinutes: 90,
      rejectDuplicates: true,
      replyPath: true,
      mr: 9,
      pid: 0x41,
    };
    for (const part of sent({ text: 'я'.repeat(100), flash: true, ...options })) {
      expect(part).toMatchObject({
        srr: true,
        vp: { minutes: 90 },
        rejectDuplicates: true,
        replyPath: true,
        mr: 9,
        replaceType: 1,
        messageClass: 0,
        dcs: 0x18,
      });
    }
  });

  test('needs a reference that fits', () => {
    expect(() => sent({ text: 'x'.repeat(200), ref: 256 })).toThrow(EncodeError);
    expect(sent({ text: 'x'.repeat(200), ref: 256, refBits: 16 }).length).toBe(2);
    expect(sent({ text: 'x', ref: 256 }).length).toBe(1);
  });
});

test('a text that takes too many segments is refused', () => {
  expect(() => sent({ text: 'x'.repeat(400), maxSegments: 2 })).toThrow(EncodeError);
});

test('a text is transliterated where that is allowed', () => {
  expect(sent({ text: '“x”', transliterate: true })).toMatchObject([{ text: '"x"', dcs: 0 }]);
});

test('a class other than flash can be given', () => {
  expect(sent({ text: 'x', messageClass: 2 })).toMatchObject([{ messageClass: 2 }]);
});

describe('the recipient', () => {
  test.each(['', '+', 'Megafon', '+49x'])('%j is refused', (to) => {
    expect(() => encodeMessage({ to, text: 'x', ref: 0 })).toThrow(
      expect.objectContaining({ code: 'encode_error', field: 'to' }) as EncodeError,
    );
  });

  test('may be spelled out', () => {
    const to = { address: '12345', ton: 2, npi: 8 };
    expect(sent({ text: 'x', to })).toMatchObject([to]);
  });
});

describe('the service centre', () => {
  const centre = (smsc: MessageFields['smsc']) => {
    const { pdu } = encodeMessage({ to: '12345', text: 'x', ref: 0, ...(smsc !== undefined && { smsc }) })
      .segments[0] ?? {
      pdu: '',
    };
    return decodePdu(pdu, { direction: 'MO', hasSmsc: true, mode: 'strict' }).smsc;
  };

  test('is the one of the SIM unless given', () => {
    expect([centre(undefined), centre(null), centre('+491722270333'), centre('1234')]).toEqual([
      null,
      null,
      '+491722270333',
      '1234',
    ]);
  });

  test('must be a number', () => {
    expect(() => centre('Vodafone')).toThrow(expect.objectContaining({ field: 'smsc' }) as EncodeError);
  });
});
