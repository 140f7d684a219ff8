import { hexOfTwo, hexPair, packSeptets } from '../octets.ts';
import { defaultLanguage, type LanguageTables, nationalLanguages } from './language-tables.ts';
import { textOfUnits } from './ucs2.ts';

/** The GSM 7-bit alphabet under one locking and one single shift table (TS 23.038, 6.2.1). */
export interface Gsm7Tables {
  /** National language identifiers; 0 for the default tables. */
  readonly locking: number;
  readonly single: number;
  /** Character code of each septet. */
  readonly main: Uint16Array;
  /** Character code of each septet after the escape; 0 where the table has none. */
  readonly extension: Uint16Array;
  /** For each character code the septet, with `escaped` set when it comes after the escape; -1 for none. */
  readonly septets: Int16Array;
}

const escapeSeptet = 0x1b;
const escaped = 0x80;
const space = 0x20;
const unassigned = 0;

/** Every character of every table lies below; U+221E is the highest. */
const characterLimit = 0x2220;

const languages: readonly LanguageTables[] = [defaultLanguage, ...nationalLanguages];

/** Highest national language identifier that has tables. */
export const highestLanguage = nationalLanguages.length;

function mainTable(language: LanguageTables): Uint16Array {
  const rows = language.locking ?? (defaultLanguage.locking as string);
  return Uint16Array.from(rows.trim().split(/\s+/), (code) =>
    code === '----' ? unassigned : Number.parseInt(code, 16),
  );
}

function extensionTable(language: LanguageTables): Uint16Array {
  const table = new Uint16Array(128);
  for (const entry of language.single.trim().split(/\s+/)) {
    const [septet, code] = entry.split(':') as [string, string];
    table[Number.parseInt(septet, 16)] = Number.parseInt(code, 16);
  }
  return table;
}

/** One septet is better than two, so the main table has the last word. */
function septetTable(main: Uint16Array, extension: Uint16Array): Int16Array {
  const septets = new Int16Array(characterLimit).fill(-1);
  extension.forEach((code, septet) => {
    if (code !== unassigned) septets[code] = escaped | septet;
  });
  main.forEach((code, septet) => {
    if (code !== unassigned && septet !== escapeSeptet) septets[code] = septet;
  });
  return septets;
}

function buildTables(locking: number, single: number): Gsm7Tables {
  const main = mainTable(languages[locking] as LanguageTables);
  const extension = extensionTable(languages[single] as LanguageTables);
  const septets = septetTable(main, extension);
  return {
    locking,
    single,
    main: main.map((code) => (code === unassigned ? space : code)),
    extension,
    septets,
  };
}

const built = new Map<number, Gsm7Tables>();

/** The tables for two national language identifiers; an unknown one counts as 0, the default. */
export function gsm7Tables(locking: number, single: number): Gsm7Tables {
  const pair = [locking, single].map((id) => (id in languages ? id : 0)) as [number, number];
  const key = pair[0] * languages.length + pair[1];
  const known = built.get(key);
  if (known !== undefined) return known;
  const tables = buildTables(...pair);
  built.set(key, tables);
  return tables;
}

export const defaultTables: Gsm7Tables = gsm7Tables(0, 0);

/** Whether two national languages have tables of that kind: only 1..13 do. */
export function isLanguage(id: number): boolean {
  return id >= 1 && id <= highestLanguage;
}

export function languageName(id: number): string {
  return languages[id]?.name ?? `reserved language ${id}`;
}

/**
 * The text of `count` septets that begin `fillBits` bits after octet `start`. After the escape: the extension
 * character; where there is none, the main table's; a second escape is a space, an escape at the end nothing
 * (TS 23.038, 6.2.1.1).
 */
export function unpackText(
  octets: Uint8Array,
  start: number,
  count: number,
  fillBits: number,
  tables: Gsm7Tables,
): string {
  const { main, extension } = tables;
  const codes = new Array<number>(count);
  let length = 0;
  let escaping = false;
  let at = start;
  let pending = fillBits > 0 ? (octets[at++] as number) >> fillBits : 0;
  let bits = fillBits > 0 ? 8 - fillBits : 0;
  for (let i = 0; i < count; i++) {
    if (bits < 7) {
      pending |= (octets[at++] as number) << bits;
      bits += 8;
    }
    const septet = pending & 0x7f;
    pending >>= 7;
    bits -= 7;
    if (escaping) {
      codes[length++] =
        septet === escapeSeptet ? space : (extension[septet] as number) || (main[septet] as number);
      escaping = false;
    } else if (septet === escapeSeptet) {
      escaping = true;
    } else {
      codes[length++] = main[septet] as number;
    }
  }
  codes.length = length;
  return textOfUnits(codes);
}

/** The text of septets that are already unpacked. */
export function textOfSeptets(septets: Uint8Array, tables: Gsm7Tables): string {
  return unpackText(packSeptets(septets), 0, septets.length, 0, tables);
}

/** How many septets a character takes: 1, 2 with the escape, 0 when the tables do not have it. */
export function septetsOfCharacter(charCode: number, tables: Gsm7Tables): 0 | 1 | 2 {
  const septet = charCode < characterLimit ? (tables.septets[charCode] as number) : -1;
  if (septet < 0) return 0;
  return septet < escaped ? 1 : 2;
}

/** The septets of a text, escapes included; `undefined` when the tables lack one of its characters. */
export function septetsOfText(text: string, tables: Gsm7Tables): Uint8Array | undefined {
  const septets = new Uint8Array(2 * text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const charCode = text.charCodeAt(i);
    const septet = charCode < characterLimit ? (tables.septets[charCode] as number) : -1;
    if (septet < 0) return undefined;
    if (septet >= escaped) septets[count++] = escapeSeptet;
    septets[count++] = septet & 0x7f;
  }
  return septets.subarray(0, count);
}

/** Septets of a text, packed. */
export interface PackedText {
  /** How many, escapes included. */
  readonly count: number;
  readonly hex: string;
}

/**
 * Looks up and packs a text in one go, after `fillBits` zero bits; `undefined` when the tables lack one of its
 * characters. The same as `packSeptets(septetsOfText(text))`, at half the time: this is what encoding mostly does.
 */
export function packText(text: string, tables: Gsm7Tables, fillBits: number): PackedText | undefined {
  let hex = '';
  let count = 0;
  let pending = 0;
  let bits = fillBits;
  for (let i = 0; i < text.length; i++) {
    const charCode = text.charCodeAt(i);
    const septet = charCode < characterLimit ? (tables.septets[charCode] as number) : -1;
    if (septet < 0) return undefined;
    if (septet < escaped) {
      pending |= septet << bits;
      bits += 7;
      count++;
    } else {
      pending |= (escapeSeptet | ((septet & 0x7f) << 7)) << bits;
      bits += 14;
      count += 2;
    }
    if (bits >= 16) {
      hex += hexOfTwo(pending & 0xff, (pending >> 8) & 0xff);
      pending >>= 16;
      bits -= 16;
    }
  }
  for (; bits > 0; bits -= 8) {
    hex += hexPair(pending);
    pending >>= 8;
  }
  return { count, hex };
}
