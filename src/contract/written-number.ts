/** What stands between the digits of a number that a person wrote. */
const ornament = /[\s().\-/]/g;
/** A zero that is only dialled within a country: `+49 (0) 151`. In Italy it is a part of the number. */
const trunkZero = /^\s*((?:\+|00)\s*(?!39\D)\d{1,3}[\s.\-/]*)\(0\)/;
/** Said to the eye alone: the marks of direction that contacts and chats put around a number when it is copied. */
const unseen = /\p{Cf}/gu;
/** A mark of a footnote, a number in a circle or a fraction: no digit that is dialled. */
const mark = /\p{No}/u;
const dash = /[\p{Pd}\u2212]/gu;

/**
 * A number as people write it, as digits behind a `+`: `0049 (151) 123-456` and `+49 (0) 151 123456` are `+49151123456`.
 * What is no number is left for whoever judges it.
 */
export function plainNumber(written: string): string {
  return inAscii(written)
    .replace(trunkZero, '$1')
    .replace(ornament, '')
    .replace(/^00(?=[1-9])/, '+');
}

/** The same in the letters of ASCII, whichever script its digits, blanks and dashes are of. */
function inAscii(written: string): string {
  if (!/[^ -~]/.test(written) || mark.test(written)) return written;
  return written
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(dash, '-')
    .replace(/\p{Nd}/gu, digitOf);
}

/** The ten digits of a script stand in a row that begins at a code point of which the last figure is 0, or else 6. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const row = code - (code % 16);
  const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6;
  return String(code - zero);
}
