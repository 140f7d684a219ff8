import { searchPattern } from './pattern-search.ts';

/** Longer answers than the network can give are cut off before a pattern is tried on them. */
const longestText = 500;

/**
 * A number with a decimal point or comma and one to three digits behind it, thousands set apart or not: no part of a
 * date, a time, an address or a longer number. Failing that, the first number at all.
 */
const decimalNumber = /(?<![\d.,]|\d[:/ -])(-?\d+(?:[.,'’\u00a0 ]\d{3})*[.,]\d{1,3})(?![.,:/-]?\d|\s?%)/;
const anyNumber = /(?<![\d.,]|\d[:/-])(-?\d+)(?![.,:/-]?\d|\s?%)/;

/**
 * The amount in a network's answer, such as `Your balance is 3,50 EUR` or `R$ 12.30`; undefined where there is none.
 *
 * @param pattern a regular expression that finds it, in its first group where it has one; null: the first decimal number
 */
export async function balanceAmount(answer: string, pattern: string | null): Promise<number | undefined> {
  const text = answer.slice(0, longestText);
  const written = pattern === null ? firstNumber(text) : await searchPattern(text, pattern);
  return written === undefined ? undefined : amountOf(written);
}

function firstNumber(text: string): string | undefined {
  return (decimalNumber.exec(text) ?? anyNumber.exec(text))?.[1];
}

/** The last point or comma separates the decimals, unless it stands alone before three digits or is repeated. */
function amountOf(written: string): number | undefined {
  const digits = /-?\d[\d.,'’\u00a0 ]*/.exec(written)?.[0].replace(/['’\u00a0 ]/g, '');
  if (digits === undefined) return undefined;
  const separators = digits.match(/[.,]/g) ?? [];
  const last = separators.at(-1);
  const at = last === undefined ? -1 : digits.lastIndexOf(last);
  const isThousands =
    last !== undefined &&
    /^\d{3}$/.test(digits.slice(at + 1)) &&
    separators.every((separator) => separator === last) &&
    !/^-?0/.test(digits);
  const plain = isThousands || last === undefined ? digits.replace(/[.,]/g, '') : decimalAt(digits, at);
  const amount = Number(plain);
  return Number.isFinite(amount) ? amount : undefined;
}

function decimalAt(digits: string, at: number): string {
  return `${digits.slice(0, at).replace(/[.,]/g, '')}.${digits.slice(at + 1)}`;
}
