/** What stands between the digits of a number that a person wrote. */
const ornament = /[\s().\-/\u00a0\u2011]/g;
/** A zero that is only dialled within a country: `+49 (0) 151`. In Italy it is a part of the number. */
const trunkZero = /^\s*((?:\+|00)\s*(?!39\D)\d{1,3}[\s.\-/\u00a0\u2011]*)\(0\)/;

/**
 * A number as people write it, as digits behind a `+`: `0049 (151) 123-456` and `+49 (0) 151 123456` are `+49151123456`.
 * What is no number is left for whoever judges it.
 */
export function plainNumber(written: string): string {
  return written
    .replace(trunkZero, '$1')
    .replace(ornament, '')
    .replace(/^00(?=[1-9])/, '+');
}
