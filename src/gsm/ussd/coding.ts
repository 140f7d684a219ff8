/** How the string of a USSD operation is written (TS 23.038, 5): `languageFirst` when its language stands before the text. */
export interface UssdCoding {
  readonly alphabet: 'gsm7' | '8bit' | 'ucs2';
  readonly languageFirst: boolean;
}

/** The default alphabet in no language that was named: what a string without a coding has. */
export const unspecifiedLanguage = 15;

const alphabets = ['gsm7', '8bit', 'ucs2', 'gsm7'] as const;

/**
 * The meaning of a cell broadcast data coding scheme, which USSD shares. It is not the TP-DCS of texts: 15 is the
 * default alphabet here. What is reserved is read in the default alphabet.
 */
export function ussdCoding(dcs: number = unspecifiedLanguage): UssdCoding {
  if (dcs === 0x10) return { alphabet: 'gsm7', languageFirst: true };
  if (dcs === 0x11) return { alphabet: 'ucs2', languageFirst: true };
  return { alphabet: alphabetOf(dcs), languageFirst: false };
}

function alphabetOf(dcs: number): UssdCoding['alphabet'] {
  const group = (dcs >> 4) & 0xf;
  const general = (group >= 4 && group <= 7) || group === 9;
  if (general) return alphabets[(dcs >> 2) & 3] ?? 'gsm7';
  return group === 15 && (dcs & 4) !== 0 ? '8bit' : 'gsm7';
}
