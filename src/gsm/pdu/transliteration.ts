/** Replacements inside the GSM 7-bit default alphabet for characters that are not in it: groups of look-alikes. */
const replacements: readonly (readonly [replacement: string, characters: string])[] = [
  ["'", '‘’‚‛′`´ʹʼ'],
  ['"', '“”„‟″«»'],
  ['-', '‐‑‒–—―−'],
  ['...', '…'],
  [' ', '\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t'],
  ['\n', '\u2028\u2029'],
  ['', '\u200b\ufeff\u00ad'],
  ['*', '•·∙'],
  ['<', '‹'],
  ['>', '›'],
  ['/', '⁄∕'],
  ['Ç', 'ç'],
  ['A', 'Α'],
  ['B', 'Β'],
  ['E', 'Ε'],
  ['Z', 'Ζ'],
  ['H', 'Η'],
  ['I', 'Ι'],
  ['K', 'Κ'],
  ['M', 'Μ'],
  ['N', 'Ν'],
  ['O', 'Ο'],
  ['P', 'Ρ'],
  ['T', 'Τ'],
  ['Y', 'Υ'],
  ['X', 'Χ'],
];

const replacementOf = new Map(
  replacements.flatMap(([replacement, characters]) =>
    Array.from(characters, (character) => [character, replacement] as const),
  ),
);

/**
 * The text with typographic quotes, dashes, spaces and the like, and Greek capitals that look Latin, replaced by what
 * the GSM 7-bit alphabet has. Other characters stay.
 */
export function transliterate(text: string): string {
  let replaced = '';
  for (const character of text) replaced += replacementOf.get(character) ?? character;
  return replaced;
}
