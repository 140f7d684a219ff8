/** One number as it was written, and what it is read as; `fault` says why no text can go there. */
export interface Recipient {
  readonly line: number;
  readonly given: string;
  readonly number: string;
  readonly fault?: 'letters' | 'no_country' | 'too_short' | 'too_long' | 'not_a_number' | 'twice';
}

/** So many texts one sending takes. */
export const mostRecipients = 1_000;

/**
 * Numbers out of what people paste: one a line, or parted by commas, semicolons or tabs. Blanks, brackets, dots and
 * dashes between the digits are taken out, a leading 00 is read as +.
 */
export function readRecipients(pasted: string): readonly Recipient[] {
  const seen = new Set<string>();
  return pasted
    .split(/\r\n|[\n\r]/)
    .flatMap((words, place) =>
      words.split(/[,;\t]/).map((given) => ({ line: place + 1, given: given.trim() })),
    )
    .filter(({ given }) => given !== '')
    .map(({ line, given }) => {
      const number = given.replace(/[\s()./\u00a0-]/g, '').replace(/^00/, '+');
      const fault = seen.has(number) ? 'twice' : faultOf(number);
      seen.add(number);
      return { line, given, number, ...(fault && { fault }) };
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
