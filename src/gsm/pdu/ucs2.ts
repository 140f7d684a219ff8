import { hexWord } from '../octets.ts';

/** Units given to one call as arguments: far below what the smallest stack takes. */
const unitsPerCall = 4096;

/** The string of so many UTF-16 units. */
export function textOfUnits(units: readonly number[]): string {
  if (units.length <= unitsPerCall) return String.fromCharCode.apply(null, units as number[]);
  return textOfUnits(units.slice(0, unitsPerCall)) + textOfUnits(units.slice(unitsPerCall));
}

/**
 * The text of UCS-2, in practice UTF-16 big endian, from octet `start` up to `end`. Nothing is checked and nothing is
 * lost: half a surrogate pair stays in the string, so that the other half may follow in the next segment. An odd last
 * octet is dropped.
 */
export function textOfUcs2(octets: Uint8Array, start = 0, end: number = octets.length): string {
  const units = new Array<number>((end - start) >> 1);
  for (let i = 0, at = start; i < units.length; i++, at += 2) {
    units[i] = ((octets[at] as number) << 8) | (octets[at + 1] as number);
  }
  return textOfUnits(units);
}

/** Appends the UTF-16 units of the text from `start` up to `end`, two octets each, to the hex of what comes before. */
export function appendUcs2(before: string, text: string, start: number, end: number): string {
  let hex = before;
  for (let i = start; i < end; i++) hex += hexWord(text.charCodeAt(i));
  return hex;
}
