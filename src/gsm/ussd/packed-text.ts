import { hexFromOctets, octetsFromHex, packSeptets, unpackSeptets } from '../octets.ts';
import { defaultTables, septetsOfText, textOfSeptets } from '../pdu/gsm7.ts';

const carriageReturn = 0x0d;
const commercialAt = 0x00;

/**
 * Hex of the packed septets of a text; undefined when the default alphabet lacks one of its characters. No length is
 * told, so seven bits that are left over are filled with CR, and a CR that would be taken for such a filling is
 * doubled (TS 23.038, 6.1.2.3.1).
 */
export function packUssdText(text: string): string | undefined {
  const septets = septetsOfText(text, defaultTables);
  if (!septets) return undefined;
  const fillable = septets.length % 8 === 7;
  const likeFilling = septets.length % 8 === 0 && septets.at(-1) === carriageReturn;
  const sent = fillable || likeFilling ? Uint8Array.of(...septets, carriageReturn) : septets;
  return hexFromOctets(packSeptets(sent));
}

/**
 * The text of packed septets in hex; undefined when it is no hex. Where they end on an octet, one last CR is filling;
 * so is an `@`, which is what networks that fill with zeros leave there.
 */
export function unpackUssdText(hex: string): string | undefined {
  const octets = octetsFromHex(hex);
  if (!octets) return undefined;
  const septets = unpackSeptets(octets, 0, Math.floor((8 * octets.length) / 7));
  const last = septets.at(-1);
  const filled = septets.length % 8 === 0 && (last === carriageReturn || last === commercialAt);
  return textOfSeptets(filled ? septets.subarray(0, -1) : septets, defaultTables);
}
