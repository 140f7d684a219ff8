/** So many digits at the end make two forms of a number one. */
const decidingDigits = 7;

/**
 * Whether two recipients are the same: networks turn international numbers into national ones and put prefixes
 * before them, so the end decides; short codes must be equal.
 */
export function sameRecipient(one: string, other: string): boolean {
  const a = one.replace(/\D/g, '');
  const b = other.replace(/\D/g, '');
  if (a === b) return true;
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const significant = shorter.replace(/^0+/, '');
  return significant.length >= decidingDigits && longer.endsWith(significant);
}
