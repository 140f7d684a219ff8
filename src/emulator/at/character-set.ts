import { hexFromOctets, octetsFromHex } from '../../gsm/octets.ts';
import { defaultTables, septetsOfText, textOfSeptets } from '../../gsm/pdu/gsm7.ts';
import { InvalidParameter } from './parameters.ts';

const fromLatin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
const toLatin1 = (octets: Uint8Array) => String.fromCharCode(...octets);

function hexOctets(text: string): Uint8Array {
  const octets = octetsFromHex(text);
  if (!octets) throw new InvalidParameter(0);
  return octets;
}

/** Four hexadecimal digits for each UTF-16 unit. */
export function ucs2Hex(text: string): string {
  return Array.from({ length: text.length }, (_unit, at) => fourDigits(text.charCodeAt(at))).join('');
}

const fourDigits = (unit: number) => unit.toString(16).toUpperCase().padStart(4, '0');

function textOfUcs2Hex(hex: string): string {
  if (!/^([0-9A-F]{4})*$/i.test(hex)) throw new InvalidParameter(0);
  return hex.replace(/.{4}/g, (unit) => String.fromCharCode(Number.parseInt(unit, 16)));
}

/**
 * What a host wrote in the character set that it chose with +CSCS (27.007 5.5), as text. It concerns strings and
 * text-mode bodies, never PDUs; sets that are not known here count as Latin-1.
 */
export function decodeHost(written: string, characterSet: string): string {
  switch (characterSet) {
    case 'UCS2':
      return textOfUcs2Hex(written);
    case 'HEX':
      return textOfSeptets(hexOctets(written), defaultTables);
    case 'GSM':
      return textOfSeptets(fromLatin1(written), defaultTables);
    default:
      return written;
  }
}

/** A text as the host wants to read it; what its character set lacks becomes a question mark. */
export function encodeHost(text: string, characterSet: string): string {
  switch (characterSet) {
    case 'UCS2':
      return ucs2Hex(text);
    case 'HEX':
      return hexFromOctets(gsmOctets(text));
    case 'GSM':
      return toLatin1(gsmOctets(text));
    case 'IRA':
      return text.replace(/[^\n\r -~]/gu, '?');
    default:
      return text.replace(/[^\n\r -~\xa0-\xff]/gu, '?');
  }
}

function gsmOctets(text: string): Uint8Array {
  const known = [...text]
    .map((character) => (septetsOfText(character, defaultTables) ? character : '?'))
    .join('');
  return septetsOfText(known, defaultTables) ?? new Uint8Array();
}
