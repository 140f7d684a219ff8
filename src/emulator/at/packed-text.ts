import { hexFromOctets, octetsFromHex, packSeptets, unpackSeptets } from '../../gsm/octets.ts';
import { defaultTables, septetsOfText, textOfSeptets } from '../../gsm/pdu/gsm7.ts';

const carriageReturn = 0x0d;

/**
 * Text as packed septets in hexadecimal, the way some modems want USSD strings. There is no length field, so seven
 * spare bits at the end are filled with CR (23.038 6.1.2.3.1). Undefined for text outside the default alphabet.
 */
export function packText(text: string): string | undefined {
  const septets = septetsOfText(text, defaultTables);
  if (!septets) return undefined;
  const padded = septets.length % 8 === 7 ? Uint8Array.of(...septets, carriageReturn) : septets;
  return hexFromOctets(packSeptets(padded));
}

/** The text of packed septets in hexadecimal, without the filling; undefined when it is no hexadecimal. */
export function unpackText(hex: string): string | undefined {
  const octets = octetsFromHex(hex);
  if (!octets) return undefined;
  const count = Math.floor((8 * octets.length) / 7);
  const septets = unpackSeptets(octets, 0, count);
  const filled = count % 8 === 0 && septets.at(-1) === carriageReturn;
  return textOfSeptets(filled ? septets.subarray(0, -1) : septets, defaultTables);
}
