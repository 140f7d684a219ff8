import { describe, expect, test } from 'vitest';
import { type Part, reassemble } from '../../../src/gsm/pdu/index.ts';

const hourMs = 3_600_000;

function part(seq: number, text: string, rest: Partial<Part> = {}): Part {
  return { from: '+491', ref: 7, bits: 8, total: 3, seq, receivedAt: seq, text, ...rest };
}

function summary(parts: readonly Part[]): [string, string, number][] {
  return reassemble(parts).map(({ state, text, duplicates }) => [state, text, duplicates.length]);
}

const [one, two, three] = [part(1, 'a'), part(2, 'b'), part(3, 'c')];

describe('a complete message', () => {
  test.each([[[one, two, three]], [[three, one, two]], [[two, three, one]]])(
    'comes from its parts in any order',
    (parts) => {
      expect(reassemble(parts)).toEqual([
        {
          state: 'complete',
          from: '+491',
          ref: 7,
          bits: 8,
          total: 3,
          parts: [one, two, three],
          duplicates: [],
          firstReceivedAt: 1,
          lastReceivedAt: 3,
          text: 'abc',
        },
      ]);
    },
  );

  test('comes from parts received in any order', () => {
    expect(
      summary([
        part(1, 'a', { receivedAt: 30 }),
        part(2, 'b', { receivedAt: 20 }),
        part(3, 'c', { receivedAt: 10 }),
      ]),
    ).toEqual([['complete', 'abc', 0]]);
  });

  test('keeps what else its parts carry', () => {
    const [message] = reassemble([{ ...part(1, 'x', { total: 1 }), id: 'row 5' }]);
    expect(message?.parts[0]?.id).toBe('row 5');
  });
});

test('no parts are no messages', () => expect(reassemble([])).toEqual([]));

describe('an incomplete message', () => {
  test('says what is missing and marks it in the text', () => {
    const parts = [part(2, 'b', { total: 6 }), part(5, 'e', { total: 6 }), part(6, 'f', { total: 6 })];
    expect(reassemble(parts)).toMatchObject([{ state: 'incomplete', missing: [1, 3, 4], text: '[…]b[…]ef' }]);
    expect(reassemble(parts, { gapMark: '?' })[0]?.text).toBe('?b?ef');
    expect(reassemble([part(1, 'a')])[0]?.text).toBe('a[…]');
  });
});

describe('duplicates', () => {
  test('are set aside', () => {
    const again = part(2, 'b', { receivedAt: 9 });
    const [message] = reassemble([one, two, again, three]);
    expect(message).toMatchObject({
      state: 'complete',
      text: 'abc',
      parts: [one, two, three],
      duplicates: [again],
    });
  });

  test('of a message already complete are still its duplicates', () => {
    expect(summary([one, two, three, part(1, 'a', { receivedAt: 10 })])).toEqual([['complete', 'abc', 1]]);
  });
});

describe('parts are of different messages', () => {
  test.each([
    ['sender', { from: '+492' }],
    ['reference', { ref: 8 }],
    ['size of the reference', { bits: 16 }],
    ['total', { total: 4 }],
  ] as [string, Partial<Part>][])('when they differ in their %s', (_, rest) => {
    expect(reassemble([one, two, part(3, 'c', rest)]).map(({ state }) => state)).toEqual([
      'incomplete',
      'incomplete',
    ]);
  });

  test('when they are too far apart in time', () => {
    const late = part(3, 'c', { receivedAt: 2 + 24 * hourMs + 1 });
    expect(summary([one, two, late])).toEqual([
      ['incomplete', 'ab[…]', 0],
      ['incomplete', '[…]c', 0],
    ]);
    expect(reassemble([one, two, late], { gapMs: 48 * hourMs })[0]?.state).toBe('complete');
  });

  test('by the time at which they were sent, when they come mixed with those of another', () => {
    const pieces = (['a1', 'A1', 'a2', 'A2', 'A3', 'a3'] as const).map((text, at) =>
      part(Number(text[1]), text, { receivedAt: at, sentAt: text.startsWith('a') ? 0 : 60_000 }),
    );
    expect(summary(pieces)).toEqual([
      ['complete', 'a1a2a3', 0],
      ['complete', 'A1A2A3', 0],
    ]);
    const timeless = pieces.map(({ sentAt: _, ...piece }) => piece);
    expect(summary(timeless)).toEqual([
      ['complete', 'a1A2a3', 0],
      ['complete', 'A1a2A3', 0],
    ]);
  });

  test('when a reference is used again after the gap', () => {
    const again = [1, 2, 3].map((seq) => part(seq, `${seq}`, { receivedAt: seq + 48 * hourMs }));
    expect(summary([...again, one, two, three])).toEqual([
      ['complete', 'abc', 0],
      ['complete', '123', 0],
    ]);
  });

  test('when the same part has another text: the reference was used again at once', () => {
    const again = [
      part(1, 'x', { receivedAt: 11 }),
      part(2, 'y', { receivedAt: 12 }),
      part(3, 'z', { receivedAt: 13 }),
    ];
    expect(summary([one, two, three, ...again])).toEqual([
      ['complete', 'abc', 0],
      ['complete', 'xyz', 0],
    ]);
  });

  test('even when they share a part word for word', () => {
    const again = [
      part(1, 'a', { receivedAt: 11 }),
      part(2, 'y', { receivedAt: 12 }),
      part(3, 'z', { receivedAt: 13 }),
    ];
    expect(summary([one, two, three, ...again])).toEqual([
      ['complete', 'abc', 0],
      ['complete', 'ayz', 0],
    ]);
  });

  test('a duplicate that no later message lacks stays one', () => {
    const again = [part(1, 'a', { receivedAt: 11 }), part(1, 'x', { receivedAt: 12 })];
    expect(summary([one, two, three, ...again])).toEqual([
      ['complete', 'abc', 1],
      ['incomplete', 'x[…]', 0],
    ]);
  });
});

test('every part is in exactly one message', () => {
  const parts = [one, three, part(1, 'x'), part(1, 'a', { receivedAt: 5 }), part(2, 'b', { total: 2 })];
  const placed = reassemble(parts).flatMap((message) => [...message.parts, ...message.duplicates]);
  expect(new Set(placed)).toEqual(new Set(parts));
  expect(placed.length).toBe(parts.length);
});

describe('raw units', () => {
  function raw(seq: number, units: Partial<Part>): Part {
    const { text: _, ...rest } = part(seq, '', { total: 2 });
    return { ...rest, ...units };
  }

  test('of a torn surrogate pair make it whole', () => {
    const parts = [raw(1, { ucs2Hex: '0041D83D' }), raw(2, { ucs2Hex: 'DE000042' })];
    expect(reassemble(parts)[0]?.text).toBe('A😀B');
  });

  test('of a torn UTF-16 unit make it whole', () => {
    expect(reassemble([raw(1, { ucs2Hex: '004104' }), raw(2, { ucs2Hex: '140042' })])[0]?.text).toBe(
      'A\u0414B',
    );
  });

  test('with one octet too many lose only that', () => {
    expect(reassemble([raw(1, { ucs2Hex: '004100' }), raw(2, { ucs2Hex: '0042' })])[0]?.text).toBe('AB');
    expect(reassemble([raw(1, { ucs2Hex: '0041' }), raw(2, { ucs2Hex: '004200' })])[0]?.text).toBe('AB');
  });

  test('of a torn escape pair make it whole', () => {
    expect(reassemble([raw(1, { septetsHex: '411B' }), raw(2, { septetsHex: '6542' })])[0]?.text).toBe('A€B');
  });

  test('of different tables are read each by their own', () => {
    const turkish = { locking: 1, single: 1 };
    const parts = [raw(1, { septetsHex: '04', national: turkish }), raw(2, { septetsHex: '04' })];
    expect(reassemble(parts)[0]?.text).toBe('€è');
  });

  test('and texts can be mixed', () => {
    const parts = [raw(1, { ucs2Hex: '0414' }), raw(2, { text: 'x' })];
    expect(reassemble(parts)[0]?.text).toBe('\u0414x');
  });

  test('of half a pair at a gap stay as they are', () => {
    expect(reassemble([raw(1, { ucs2Hex: 'D83D' })])[0]?.text).toBe('\ud83d[…]');
  });
});

test('octets of 8-bit parts are joined', () => {
  const parts = [1, 2].map((seq) => ({
    from: '1',
    ref: 1,
    bits: 8 as const,
    total: 2,
    seq,
    receivedAt: 0,
    dataHex: `0${seq}`,
  }));
  expect(reassemble(parts)).toMatchObject([{ state: 'complete', dataHex: '0102', text: '' }]);
});
