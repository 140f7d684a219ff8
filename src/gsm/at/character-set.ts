import { textOfUtf8 } from '../octets.ts';

/** Letters, digits, marks and blanks: what a name is made of. Half a pair and control characters are in none. */
const readableName = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Cf}]+$/u;

/** Fewer characters might be a name of hexadecimal digits that stands there as it is. */
const fewestDigits = 8;

/**
 * The name in a string parameter of a modem whose character set is UCS-2, four hexadecimal digits a character, or UTF-8
 * (TS 27.007 5.5, +CSCS). Which set it has need not be asked for: no operator has a name that reads well both ways.
 * Anything else is given back as it is.
 */
export function nameOf(text: string): string {
  if (text.length < fewestDigits || !/^(?:[0-9A-F]{4})+$/i.test(text)) return textOfUtf8(text) ?? text;
  const name = charactersOf(text).replace(/\0+$/, '');
  return readableName.test(name) ? name : text;
}

/** The same of a telephone number: digits, and `+`, `*` and `#`. */
export function numberFromUcs2(text: string): string {
  return /^(?:00[23][0-9A-F]){3,}$/i.test(text) ? charactersOf(text) : text;
}

function charactersOf(hex: string): string {
  return hex.replace(/..../g, (unit) => String.fromCharCode(Number.parseInt(unit, 16)));
}
