import { describe, expect, test } from 'vitest';
import { EncodeError, type SegmentOptions, segmentText, textStatistics } from '../../../src/gsm/pdu/index.ts';
import { splitText } from '../../../src/gsm/pdu/split.ts';

function lengths(text: string, options?: SegmentOptions): number[] {
  return segmentText(text, options).segments.map((segment) => segment.length);
}

describe('the alphabet', () => {
  test('is GSM 7-bit for whatever that has', () => {
    expect(segmentText('Grüße [1]: 5 €')).toEqual({
      alphabet: 'gsm7',
      segments: ['Grüße [1]: 5 €'],
      unitsPerSegment: 160,
      unitsLeft: 143,
      forcedBy: [],
      transliterated: false,
    });
  });

  test('is UCS-2 for anything else, and says because of what', () => {
    expect(segmentText('“ça” 😀 “')).toMatchObject({
      alphabet: 'ucs2',
      unitsPerSegment: 70,
      unitsLeft: 61,
      forcedBy: [
        { char: '“', index: 0 },
        { char: 'ç', index: 1 },
        { char: '”', index: 3 },
        { char: '😀', index: 5 },
      ],
    });
  });

  test('can be demanded', () => {
    expect(segmentText('hello', { alphabet: 'ucs2' })).toMatchObject({ alphabet: 'ucs2', forcedBy: [] });
    expect(segmentText('hello', { alphabet: 'gsm7' }).alphabet).toBe('gsm7');
    expect(() => segmentText('a ç', { alphabet: 'gsm7' })).toThrow(
      expect.objectContaining({ field: 'text', index: 2 }) as EncodeError,
    );
  });
});

describe('transliteration', () => {
  const typographic = '“Don’t” – well…\u00a0ok';

  test('is off unless allowed', () => expect(segmentText(typographic).alphabet).toBe('ucs2'));

  test('makes a typographic text fit', () => {
    expect(segmentText(typographic, { transliterate: true })).toMatchObject({
      alphabet: 'gsm7',
      segments: ['"Don\'t" - well... ok'],
      transliterated: true,
    });
    expect(segmentText(typographic, { transliterate: true, alphabet: 'gsm7' }).transliterated).toBe(true);
  });

  test('turns Greek capitals to their look-alikes and ç to its capital', () => {
    expect(segmentText('ΑΒΓ ça', { transliterate: true }).segments).toEqual(['ABΓ Ça']);
  });

  test('leaves a text alone that would not fit anyway', () => {
    const result = segmentText(`${typographic} Я`, { transliterate: true });
    expect(result).toMatchObject({ alphabet: 'ucs2', segments: [`${typographic} Я`], transliterated: false });
    expect(result.forcedBy.map(({ char }) => char)).toContain('Я');
    expect(segmentText('Я', { transliterate: true }).alphabet).toBe('ucs2');
  });

  test('leaves a text alone that fits as it is', () => {
    expect(segmentText("It's", { transliterate: true }).transliterated).toBe(false);
  });
});

describe('national tables', () => {
  const turkish = 'İstanbul’da çığ'.replace('’', "'");

  test('are used only where allowed', () => {
    expect(segmentText(turkish).alphabet).toBe('ucs2');
    expect(segmentText(turkish, { nationalTables: [1] })).toMatchObject({
      alphabet: 'gsm7',
      national: { locking: 1, single: 0 },
    });
  });

  test('may be allowed by kind', () => {
    expect(segmentText(turkish, { nationalTables: { single: [1] } }).national).toEqual({
      locking: 0,
      single: 1,
    });
    expect(segmentText(turkish, { nationalTables: { locking: [1] } }).national).toEqual({
      locking: 1,
      single: 0,
    });
    expect(segmentText(turkish, { nationalTables: {} }).alphabet).toBe('ucs2');
  });

  test('that do not help leave it at UCS-2', () => {
    expect(segmentText('Я', { nationalTables: [1, 2, 3, 99] }).alphabet).toBe('ucs2');
  });

  test('are not named where the default ones do', () => {
    expect(segmentText('hello', { nationalTables: [1] })).not.toHaveProperty('national');
  });

  test('are chosen for the fewest segments, then the fewest septets', () => {
    const text = 'ç'.repeat(100);
    expect(segmentText(text, { nationalTables: [1, 2, 3] })).toMatchObject({
      unitsLeft: 55,
      unitsPerSegment: 155,
    });
    expect(segmentText(text, { nationalTables: { single: [2], locking: [3] } }).national?.locking).toBe(3);
  });

  test('serve a transliterated text too', () => {
    expect(segmentText('“ğ”', { nationalTables: [1], transliterate: true })).toMatchObject({
      alphabet: 'gsm7',
      segments: ['"ğ"'],
      national: { locking: 1 },
    });
  });
});

describe('capacity', () => {
  test.each([
    [{}, 160, 153],
    [{ refBits: 16 }, 160, 152],
    [{ ports: { dest: 1, src: 2, bits: 8 } }, 154, 148],
    [{ ports: { dest: 1, src: 2, bits: 16 } }, 152, 146],
    [{ ports: { dest: 1, src: 2, bits: 16 }, refBits: 16 }, 152, 145],
  ] as [SegmentOptions, number, number][])('with %j: %i and %i septets', (options, alone, joined) => {
    expect(segmentText('x', options).unitsPerSegment).toBe(alone);
    expect(lengths('x'.repeat(alone), options)).toEqual([alone]);
    expect(lengths('x'.repeat(alone + 1), options)).toEqual([joined, alone + 1 - joined]);
  });

  test.each([
    [{ nationalTables: { locking: [1] } }, 155, 149],
    [{ nationalTables: { locking: [1] }, refBits: 16 }, 155, 148],
  ] as [SegmentOptions, number, number][])('with tables, %j: %i and %i septets', (options, alone, joined) => {
    expect(lengths('ğ'.repeat(alone), options)).toEqual([alone]);
    expect(lengths('ğ'.repeat(alone + 1), options)).toEqual([joined, alone + 1 - joined]);
  });

  test('with both tables', () => {
    const text = 'ğ'.repeat(100) + 'Á'.repeat(26);
    const options = { nationalTables: { locking: [1], single: [2] } };
    expect(segmentText(text, options)).toMatchObject({ unitsPerSegment: 152, unitsLeft: 0 });
    expect(segmentText(`${text}x`, options)).toMatchObject({ unitsPerSegment: 146 });
  });

  test.each([
    [{}, 70, 67],
    [{ refBits: 16 }, 70, 66],
    [{ ports: { dest: 1, src: 2, bits: 16 } }, 66, 64],
  ] as [SegmentOptions, number, number][])('with %j: %i and %i UTF-16 units', (options, alone, joined) => {
    expect(lengths('я'.repeat(alone), options)).toEqual([alone]);
    expect(lengths('я'.repeat(alone + 1), options)).toEqual([joined, alone + 1 - joined]);
  });
});

describe('a cut', () => {
  test('never falls into an escape pair', () => {
    expect(lengths(`${'x'.repeat(152)}€${'x'.repeat(10)}`)).toEqual([152, 11]);
    expect(lengths('€'.repeat(153))).toEqual([76, 76, 1]);
    expect(segmentText('€'.repeat(153)).unitsLeft).toBe(151);
  });

  test('never falls into a surrogate pair', () => expect(lengths('😱'.repeat(36))).toEqual([66, 6]));

  test.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a flag', '🇩🇪'],
    ['a letter with its accent', 'e\u0301'],
    ['Devanagari', 'क्षि'],
    ['Hangul in parts', '\u1112\u1161\u11ab'],
    ['CR LF', '\r\n'],
  ])('never falls into %s', (_, cluster) => {
    for (let before = 60; before < 70; before++) {
      const text = `${'я'.repeat(before)}${cluster}${'я'.repeat(20)}`;
      const { segments } = segmentText(text);
      expect(segments.join('')).toBe(text);
      expect(segments.filter((segment) => segment.includes(cluster)).length).toBe(1);
    }
  });

  test('never falls into CR LF of GSM 7-bit', () => {
    expect(lengths(`${'x'.repeat(152)}\r\n${'x'.repeat(10)}`)).toEqual([152, 12]);
  });

  test('falls between pairs where a cluster alone is longer than a segment', () => {
    const zalgo = `x${'\u0301'.repeat(100)}`;
    expect(lengths(zalgo)).toEqual([67, 34]);
    const family = Array.from({ length: 30 }, () => '👨').join('\u200d');
    const { segments } = segmentText(family);
    expect(segments.join('')).toBe(family);
    for (const segment of segments) expect(segment.isWellFormed()).toBe(true);
  });

  test('falls just where the segmenter allows, beside every character there is', () => {
    const segmenter = new Intl.Segmenter();
    const lastBoundary = (text: string) => {
      const boundaries = Array.from(segmenter.segment(text), ({ index }) => index);
      return boundaries.findLast((index) => index > 0 && index <= 2) ?? 2;
    };
    for (let code = 0; code < 0x10000; code++) {
      if (code >= 0x3400 && code % 37 !== 0) continue;
      const character = String.fromCharCode(code);
      for (const text of [`aя${character}`, `a${character}я`]) {
        expect([text, splitText(text, 2, undefined)[0]?.length]).toEqual([text, lastBoundary(text)]);
      }
    }
  });
});

describe('too long a text', () => {
  test('is refused', () => {
    expect(segmentText('x'.repeat(39_015)).segments.length).toBe(255);
    expect(() => segmentText('x'.repeat(39_016))).toThrow(
      expect.objectContaining({ field: 'text' }) as EncodeError,
    );
    expect(() => segmentText('x'.repeat(307), { maxSegments: 2 })).toThrow(EncodeError);
    expect(() => segmentText('x'.repeat(39_016), { maxSegments: 300 })).toThrow(EncodeError);
  });
});

describe('the live counter', () => {
  test('of an empty text', () => {
    expect(textStatistics('')).toEqual({
      alphabet: 'gsm7',
      characters: 0,
      segments: 1,
      unitsPerSegment: 160,
      unitsLeft: 160,
      forcedBy: [],
      transliterated: false,
      fits: true,
    });
  });

  test('counts characters as people do', () => {
    expect(textStatistics('👨‍👩‍👧 é')).toMatchObject({ characters: 3, alphabet: 'ucs2', unitsLeft: 60 });
  });

  test('agrees with the cutter', () => {
    expect(textStatistics('x'.repeat(161))).toMatchObject({
      segments: 2,
      unitsPerSegment: 153,
      unitsLeft: 145,
    });
    expect(textStatistics('“', { transliterate: true })).toMatchObject({
      alphabet: 'gsm7',
      transliterated: true,
    });
  });

  test('counts what is too long', () => {
    expect(textStatistics('x'.repeat(307), { maxSegments: 2 })).toMatchObject({ segments: 3, fits: false });
    expect(textStatistics('x'.repeat(40_000))).toMatchObject({ segments: 262, fits: false });
  });

  test('refuses what GSM 7-bit is demanded for and cannot hold', () => {
    expect(() => textStatistics('я', { alphabet: 'gsm7' })).toThrow(EncodeError);
  });
});
