import { describe, expect, test } from 'vitest';
import { packText, septetsOfText, textOfSeptets } from '../../../src/gsm/pdu/gsm7.ts';
import {
  defaultTables,
  gsm7Tables,
  isLanguage,
  languageName,
  septetsOfCharacter,
} from '../../../src/gsm/pdu/gsm7-tables.ts';
import { alphabets } from '../../vectors/vectors.ts';

const escapeSeptet = 0x1b;
const languages = [alphabets.default, ...alphabets.languages];

/** What the table of the data says a septet is, alone and after the escape. */
function locking(id: number): readonly (number | null)[] {
  return languages[id]?.locking ?? (alphabets.default.locking as readonly number[]);
}

describe.each(languages)('language $id', ({ id, single }) => {
  const septets = Array.from({ length: 128 }, (_, septet) => septet).filter(
    (septet) => septet !== escapeSeptet,
  );

  test('reads every septet by its locking table', () => {
    const text = septets.map((septet) => String.fromCharCode(locking(id)[septet] ?? 0x20)).join('');
    expect(textOfSeptets(Uint8Array.from(septets), gsm7Tables(id, 0))).toBe(text);
  });

  test('reads every septet after the escape by its single table, else by the locking table', () => {
    for (const septet of septets) {
      const hex = septet.toString(16).toUpperCase().padStart(2, '0');
      const code = single[hex] ?? locking(id)[septet] ?? 0x20;
      const text = textOfSeptets(Uint8Array.of(escapeSeptet, septet), gsm7Tables(id, id));
      expect([hex, text]).toEqual([hex, String.fromCharCode(code)]);
    }
  });

  test('writes every character of both tables, and reads it back', () => {
    const tables = gsm7Tables(id, id);
    const codes = [...locking(id), ...Object.values(single)].filter(
      (code) => code !== null && code !== escapeSeptet,
    );
    for (const code of codes) {
      const character = String.fromCharCode(code as number);
      const written = septetsOfText(character, tables) as Uint8Array;
      expect(written.length).toBe(septetsOfCharacter(code as number, tables));
      expect(textOfSeptets(written, tables)).toBe(character);
    }
  });

  test('never writes an unassigned septet', () => {
    const tables = gsm7Tables(id, id);
    expect(septetsOfText(' ', tables)?.length).toBe(1);
    const unassigned = septets.filter((septet) => locking(id)[septet] === null);
    const written = new Set(Array.from(septetsOfText(' ', tables) as Uint8Array));
    expect(unassigned.some((septet) => written.has(septet))).toBe(false);
  });
});

describe('the escape', () => {
  test.each([
    [[escapeSeptet, 0x65], '€'],
    [[escapeSeptet, 0x41], 'A'],
    [[escapeSeptet, escapeSeptet], ' '],
    [[escapeSeptet, escapeSeptet, 0x41], ' A'],
    [[0x41, escapeSeptet], 'A'],
    [[escapeSeptet, 0x0a], '\f'],
    [[escapeSeptet, 0x0d], '\r'],
  ])('%j reads as %j', (septets, text) => {
    expect(textOfSeptets(Uint8Array.from(septets), defaultTables)).toBe(text);
  });

  test('is no character that can be written', () => {
    expect(septetsOfText('\u001b', defaultTables)).toBeUndefined();
    expect(packText('\u001b', defaultTables, 0)).toBeUndefined();
  });
});

describe('characters outside', () => {
  test.each(['`', 'ç', '\t', '’', '\u00a0', '\uffff', '😀'])('%j cannot be written', (character) => {
    expect(septetsOfText(character, defaultTables)).toBeUndefined();
    expect(packText(character, defaultTables, 0)).toBeUndefined();
    expect(septetsOfCharacter(character.charCodeAt(0), defaultTables)).toBe(0);
  });
});

describe('languages', () => {
  test('are 1 to 13', () => {
    expect([0, 1, 13, 14].map(isLanguage)).toEqual([false, true, true, false]);
    expect([languageName(0), languageName(1), languageName(14)]).toEqual([
      'GSM 7-bit default',
      'Turkish',
      'reserved language 14',
    ]);
  });

  test('unknown ones read with the default tables, and tables are made once', () => {
    expect(gsm7Tables(14, 255)).toBe(defaultTables);
    expect(gsm7Tables(1, 3)).toBe(gsm7Tables(1, 3));
  });
});
