import { plainNumber } from '../../src/contract/written-number.ts';
import { numberGroups } from '../elements/number-groups.ts';

/** One number as it was written, and what it is read as; `fault` says why no text can go there. */
export interface Recipient {
  readonly line: number;
  readonly given: string;
  /** Where it stands in what was pasted. */
  readonly start: number;
  readonly number: string;
  readonly fault?: 'letters' | 'no_country' | 'too_short' | 'too_long' | 'not_a_number' | 'twice';
}

/** What stands between numbers beside the ends of lines: commas, semicolons and tabs, those of Arabic and Chinese too. */
const separators = ',;\\t،؛，、；';
const betweenSeparators = new RegExp(`[^${separators}\\r\\n]+`, 'g');
const firstSeparator = new RegExp(`^\\s*(?:[${separators}]|\\r?\\n)\\s*`);

/** So many texts one sending takes. */
export const mostRecipients = 1_000;

/**
 * Numbers out of what people paste: one a line, or parted by commas, semicolons or tabs. Blanks, brackets, dots and
 * dashes between the digits are taken out, a leading 00 is read as +.
 */
export function readRecipients(pasted: string): readonly Recipient[] {
  const seen = new Set<string>();
  const lines = lineCounter(pasted);
  return [...pasted.matchAll(betweenSeparators)].flatMap((found) => {
    const given = found[0].trim();
    if (given === '') return [];
    const start = found.index + found[0].indexOf(given);
    const number = plainNumber(given);
    const fault = seen.has(number) ? 'twice' : faultOf(number);
    seen.add(number);
    return [{ line: lines(start), given, start, number, ...(fault && { fault }) }];
  });
}

/** E.164, or a short code of three to eight digits, as the API takes them. */
function faultOf(number: string): Recipient['fault'] {
  if (/^(?:\+[1-9]\d{6,14}|[1-9]\d{2,7})$/.test(number)) return undefined;
  if (/\p{L}/u.test(number)) return 'letters';
  if (/^0?\d{8,15}$/.test(number)) return 'no_country';
  if (/^\+\d{1,6}$|^\d{1,2}$/.test(number)) return 'too_short';
  return /^\+?\d{16,}$/.test(number) ? 'too_long' : 'not_a_number';
}

export function isGood(recipient: Recipient): boolean {
  return recipient.fault === undefined;
}

/** Letters that are typed where a digit was meant. */
const lookAlikes: Readonly<Record<string, string>> = { O: '0', o: '0', l: '1', I: '1', S: '5', B: '8' };

/**
 * What a wrong number was probably meant to be; undefined where that is anybody's guess. Without a country, it is taken
 * to be in that of `own`, the number that the text leaves from; a leading 0 is left out as everywhere but in Italy.
 */
export function repairOf({ number, fault }: Recipient, own: string): string | undefined {
  if (fault === 'letters') return good(number.replace(/[OolISB]/g, (letter) => lookAlikes[letter] ?? letter));
  if (fault !== 'no_country') return undefined;
  const [country] = numberGroups(own);
  if (!country?.startsWith('+') || country === own) return undefined;
  return good(country + (country === '+39' ? number : number.replace(/^0/, '')));
}

/** What was pasted with one of its numbers replaced, or taken out with what parted it from the next. */
export function withRecipient(pasted: string, { start, given }: Recipient, replacement?: string): string {
  const rest = pasted.slice(start + given.length);
  if (replacement !== undefined) return pasted.slice(0, start) + replacement + rest;
  return pasted.slice(0, start) + rest.replace(firstSeparator, '');
}

function good(number: string): string | undefined {
  return faultOf(number) === undefined ? number : undefined;
}

/** The number of the line in which a place lies; asked with places that grow. */
function lineCounter(text: string): (place: number) => number {
  const breaks = [...text.matchAll(/\r\n|[\n\r]/g)].map(({ index }) => index);
  let line = 0;
  return (place) => {
    while (line < breaks.length && (breaks[line] ?? 0) < place) line++;
    return line + 1;
  };
}
