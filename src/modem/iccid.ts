import { swapNibbles } from '../gsm/at/commands.ts';

/**
 * One form for one card: digits only, nibbles the right way round (`98…` is `89…` unturned), the filler F and the
 * check digit of the 20-digit form off, so that the 19 and the 20 digit form of a card are equal (ITU-T E.118).
 *
 * @returns 18 or 19 digits, or undefined for what is no ICCID
 */
export function normaliseIccid(text: string): string | undefined {
  const compact = text.toUpperCase().replace(/[\s"]/g, '');
  const turned = compact.startsWith('98') ? swapNibbles(compact) : compact;
  const digits = turned.replace(/F+$/, '');
  if (!/^89\d{16,18}$/.test(digits)) return undefined;
  return digits.length === 20 ? digits.slice(0, 19) : digits;
}
