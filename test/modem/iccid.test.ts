import { describe, expect, it } from 'vitest';
import { readIccidWays } from '../../src/gsm/at/commands.ts';
import { normaliseIccid } from '../../src/modem/iccid.ts';
import { answers } from '../transcripts/transcripts.ts';

/** Digits only, and without the check digit that the twentieth is. */
const iccids = answers.filter(({ kind }) => kind === 'iccid');

describe('the number of a card is one, however a modem writes it:', () => {
  it.each(
    iccids
      .filter(({ lines }) => /^\d+$/.test(lines[1] ?? ''))
      .map(({ source, lines }) => [source.test, lines] as const),
  )('%s', (_, [raw = '', expected = '']) => {
    const [way] = readIccidWays;
    expect(normaliseIccid(way?.parse([raw]) ?? '')).toBe(expected.slice(0, 19));
  });

  it.each([
    ['8944200053671052499'],
    ['89442000536710524990'],
    ['8944200053671052499F'],
    ['8944200053671052499f'],
    ['984402003576012594F9'],
    ['984402003576012594f9'],
    ['98440200357601259409'],
    ['"8944200053671052499"'],
    [' 8944200053671052499 '],
    ['8944 2000 5367 1052 499'],
  ])('%s', (raw) => {
    expect(normaliseIccid(raw)).toBe('8944200053671052499');
  });

  it('eighteen digits are a number as well', () => {
    expect(normaliseIccid('894420005367105249')).toBe('894420005367105249');
  });
});

describe('no number of a card', () => {
  it.each([
    ...iccids.filter(({ lines }) => lines.length === 1).map(({ lines }) => lines[0] ?? ''),
    '',
    '89',
    'ERROR',
    '351234567890123',
    '0044200053671052499',
    '894420005367105249900',
    '8944200053671F524990',
  ])('is %j', (raw) => {
    expect(normaliseIccid(raw)).toBeUndefined();
  });

  // Digits A to F within the account number: such a card is known by its IMSI.
  it.each(iccids.filter(({ lines }) => /[A-F]/.test(lines[1] ?? '')).map(({ lines }) => lines[0] ?? ''))(
    'is made of %s',
    (raw) => {
      expect(normaliseIccid(raw)).toBeUndefined();
    },
  );
});
