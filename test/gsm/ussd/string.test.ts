import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendUcs2 } from '../../../src/gsm/pdu/ucs2.ts';
import { ussdCoding } from '../../../src/gsm/ussd/coding.ts';
import { packUssdText } from '../../../src/gsm/ussd/packed-text.ts';
import { decodeUssdString, encodeUssdString, type UssdWriting } from '../../../src/gsm/ussd/string.ts';

describe('the coding of a USSD string', () => {
  it.each([
    [0x00, 'gsm7'],
    [0x0f, 'gsm7'],
    [0x10, 'gsm7'],
    [0x11, 'ucs2'],
    [0x21, 'gsm7'],
    [0x44, '8bit'],
    [0x48, 'ucs2'],
    [0x59, 'ucs2'],
    [0x4c, 'gsm7'],
    [0x98, 'ucs2'],
    [0xc8, 'gsm7'],
    [0xf0, 'gsm7'],
    [0xf4, '8bit'],
  ])('%i is %s', (dcs, alphabet) => {
    expect(ussdCoding(dcs).alphabet).toBe(alphabet);
  });

  it('is the default alphabet where none is told', () => {
    expect(ussdCoding()).toEqual({ alphabet: 'gsm7', languageFirst: false });
  });
});

describe('an answer of a modem', () => {
  // Hex of field reports: wdoekes/asterisk-chan-dongle 38 and 116, gammu/gammu 358 and 513.
  const fieldReports: [string, string, number | undefined, UssdWriting, string][] = [
    ['plain', 'Your balance is 12.34 EUR.', 15, {}, 'Your balance is 12.34 EUR.'],
    ['plain with no coding', 'Bye', undefined, {}, 'Bye'],
    ['plain over several lines', 'Menu\r\n1 Balance\r2 End', 15, {}, 'Menu\n1 Balance\n2 End'],
    ['packed', 'AA180C3602', 15, {}, '*100#'],
    [
      'packed, nobody said so',
      'CE325C1EB6A7D9EE7C1AE47EB7CB72507DCEAE9FD3',
      15,
      {},
      'Nepravilnyi nomer uslugi',
    ],
    ['packed with another odd length', 'CF2135487D2E4131DCCD25A381E02E', 15, {}, 'OCTATOK 187.24 p.'],
    ['packed in small letters', 'aa180c3602', 15, {}, '*100#'],
    ['UCS-2 by its coding', '0042006900650020D83DDE00', 72, {}, 'Bie 😀'],
    ['UCS-2 in Cyrillic', '04110430043B0430043D0441', 72, {}, 'Баланс'],
    [
      'UCS-2 in Cyrillic where the set says so',
      '04110430043B0430043D0441',
      15,
      { characterSet: 'UCS2' },
      'Баланс',
    ],
    ['UCS-2 under the coding of the default alphabet', '00480061007600690020006B', 15, {}, 'Havi k'],
    ['one octet a character in hex', '536973612070756C73612052702E33303030', 0, {}, 'Sisa pulsa Rp.3000'],
    ['the same, as the set says', '6F6B', 15, { characterSet: 'HEX' }, 'ok'],
    ['8-bit data', '48E9', 68, {}, 'Hé'],
    ['a language before UCS-2', '653704110430', 17, {}, 'Ба'],
    ['no language before UCS-2 that should have one', '04110430', 17, {}, 'Ба'],
    ['a language before the default alphabet', 'en\rHello', 16, {}, 'Hello'],
    ['a number that looks like hex', '25', 15, {}, '25'],
    ['a longer number that looks like hex', '1234567890', 15, {}, '1234567890'],
    ['a number by a modem known to pack', 'B219', 15, { form: 'packed' }, '23'],
    ['an even word of hex letters', 'Deed', 15, {}, 'Deed'],
    ['septets as octets', 'Rest: 5\x02 \x1b\x65', 15, { characterSet: 'GSM' }, 'Rest: 5$ €'],
    ['octets that are no septets', 'caf\xe9', 15, { characterSet: 'GSM' }, 'café'],
    [
      'an @ as an octet',
      'Ask help\0net.example, 5\x02',
      15,
      { characterSet: 'GSM' },
      'Ask help@net.example, 5$',
    ],
    ['an @ at the end', 'B2@'.replace('@', '\0'), 15, { characterSet: 'GSM', form: 'text' }, 'B2@'],
    [
      'UTF-8',
      'Gr\u00c3\u00bc\u00c3\u009fe: 5% \u00e2\u0082\u00ac',
      15,
      { characterSet: 'UTF-8' },
      'Grüße: 5% €',
    ],
    ['what is no UTF-8', 'Gr\u00fc\u00dfe', 15, { characterSet: 'UTF-8' }, 'Grüße'],
    ['noise in another set', 'Rest: \x005 EUR', 15, { characterSet: 'IRA' }, 'Rest: 5 EUR'],
    ['noise in hex', '0042\x000061', 72, { characterSet: 'GSM' }, 'Ba'],
    ['plain where UCS-2 was announced', 'Balance 5', 72, {}, 'Balance 5'],
    ['blanks at the end', 'Done.\r\n  ', 15, {}, 'Done.'],
    ['nothing', '', 15, {}, ''],
  ];

  it.each(fieldReports)('%s: %j', (_, written, dcs, writing, text) => {
    expect(decodeUssdString(written, dcs, writing)).toBe(text);
  });

  it('in UCS-2 comes through whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        const expected = text.replace(/\r\n?/g, '\n').trimEnd();
        expect(decodeUssdString(appendUcs2('', text, 0, text.length), 72)).toBe(expected);
      }),
    );
  });

  it('packed by a modem known to pack comes through whatever it says', () => {
    const words = fc.string({
      unit: fc.constantFrom(...'abcXYZ 0123456789.:é€ß'),
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, (text) => {
        const hex = packUssdText(text) ?? '';
        expect(decodeUssdString(hex, 15, { form: 'packed' })).toBe(text.trimEnd());
      }),
    );
  });

  it('never throws, whatever came', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 255 }), (written, dcs) => {
        expect(typeof decodeUssdString(written, dcs)).toBe('string');
      }),
    );
  });
});

describe('a code for a modem', () => {
  it.each([
    ['plain', {}, '*100#'],
    ['packed', { form: 'packed' }, 'AA180C3602'],
    ['in UCS-2', { characterSet: 'UCS2' }, '002A0031003000300023'],
    ['in HEX', { characterSet: 'HEX' }, '2A31303023'],
    ['in GSM', { characterSet: 'GSM' }, '*100#'],
  ] as const)('%s', (_, writing, written) => {
    expect(encodeUssdString('*100#', writing)).toBe(written);
  });

  it('is in septets where the set is GSM', () => {
    expect(encodeUssdString('@$', { characterSet: 'GSM' })).toBeUndefined(); // NUL ends the line of many modems
    expect(encodeUssdString('5$', { characterSet: 'GSM' })).toBe('5\x02');
  });

  it.each(['баланс', '"', 'a\rb', 'a"b'])('is none of %j', (text) => {
    expect(encodeUssdString(text, {})).toBeUndefined();
  });

  it('is none of an accent where the set has none', () => {
    expect(encodeUssdString('é', { characterSet: 'IRA' })).toBeUndefined();
    expect(encodeUssdString('é', { form: 'packed' })).toBe('05');
  });
});
