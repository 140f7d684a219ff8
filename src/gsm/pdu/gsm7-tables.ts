import { defaultLanguage, type LanguageTables, nationalLanguages } from './language-tables.ts';

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

export const escapeSeptet = 0x1b;
/** Set in `septets` for what comes after the escape. */
export const escaped = 0x80;
export const space = 0x20;
const unassigned = 0;

/** Every character of every table lies below; U+221E is the highest. */
const characterLimit = 0x2220;

const languages: readonly LanguageTables[] = [defaultLanguage, ...nationalLanguages];

/** Highest national language identifier that has tables. */
const highestLanguage = nationalLanguages.length;

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

/** Whether a national language identifier has tables: 1 to 13 do. */
export function isLanguage(id: number): boolean {
  return id >= 1 && id <= highestLanguage;
}

export function languageName(id: number): string {
  return languages[id]?.name ?? `reserved language ${id}`;
}

/** The septet of a character, `escaped` set when it comes after the escape; -1 when the table does not have it. */
export function septetOf(charCode: number, septets: Int16Array): number {
  return charCode < characterLimit ? (septets[charCode] as number) : -1;
}

/** Septets that a character takes: 1, 2 with the escape, 0 when the tables do not have it. */
export function septetsOfCharacter(charCode: number, tables: Gsm7Tables): 0 | 1 | 2 {
  const septet = septetOf(charCode, tables.septets);
  if (septet < 0) return 0;
  return septet < escaped ? 1 : 2;
}
