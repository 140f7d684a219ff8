import {
  escaped,
  type Gsm7Tables,
  gsm7Tables,
  isLanguage,
  septetOf,
  septetsOfCharacter,
} from './gsm7-tables.ts';

/** A character that GSM 7-bit does not have. */
export interface ForeignCharacter {
  readonly char: string;
  /** Index of its first UTF-16 unit in the text, where it occurs first. */
  readonly index: number;
}

/** Septets that the text takes, escapes included; `undefined` when the tables lack one of its characters. */
export function septetCount(text: string, tables: Gsm7Tables): number | undefined {
  const { septets } = tables;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const septet = septetOf(text.charCodeAt(i), septets);
    if (septet < 0) return undefined;
    count += septet < escaped ? 1 : 2;
  }
  return count;
}

/** Each different character that the tables lack, once. */
export function foreignCharacters(text: string, tables: Gsm7Tables): ForeignCharacter[] {
  const found = new Map<string, number>();
  let index = 0;
  for (const char of text) {
    if (septetsOfCharacter(char.charCodeAt(0), tables) === 0 && !found.has(char)) found.set(char, index);
    index += char.length;
  }
  return Array.from(found, ([char, at]) => ({ char, index: at }));
}

/** National languages whose tables may be used: both kinds of each, or each kind by its own list. */
export type AllowedLanguages =
  | readonly number[]
  | { readonly locking?: readonly number[]; readonly single?: readonly number[] };

/** Every pair of shift tables that is allowed, the default tables first. */
export function tablePairs(allowed: AllowedLanguages): Gsm7Tables[] {
  const { locking = [], single = [] } = 'length' in allowed ? { locking: allowed, single: allowed } : allowed;
  const lockings = [0, ...locking.filter(isLanguage)];
  return [0, ...single.filter(isLanguage)].flatMap((id) => lockings.map((main) => gsm7Tables(main, id)));
}
