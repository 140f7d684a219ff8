/** So many digits at the end make two forms of a number one. */
const decidingDigits = 7;

/**
 * Whether two recipients are the same: networks turn international numbers into national ones and put prefixes
 * before them, so the end decides; short codes must be equal.
 */
export function sameRecipient(one: string, other: string): boolean {
  const a = significantDigits(one);
  const b = significantDigits(other);
  if (a === b) return a !== '';
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  return shorter.length >= decidingDigits && longer.endsWith(shorter);
}

/** Without the zeros of a national or an international prefix. */
function significantDigits(number: string): string {
  return number.replace(/\D/g, '').replace(/^0+/, '');
}
