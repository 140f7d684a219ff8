import { hexFromOctets, octetsFromHex, textOfUtf8, unpackSeptets } from '../octets.ts';
import { defaultTables, septetsOfText, textOfSeptets } from '../pdu/gsm7.ts';
import { appendUcs2, textOfUcs2 } from '../pdu/ucs2.ts';
import { ussdCoding } from './coding.ts';
import { packUssdText, unpackUssdText } from './packed-text.ts';

/**
 * How a modem wants strings: in its character set (+CSCS), as packed septets in hex as Huawei's do, or as UCS-2 in hex
 * whatever the set is.
 */
export type UssdForm = 'text' | 'packed' | 'ucs2';

/** What is known of a modem that gives a USSD string. */
export interface UssdWriting {
  /** As AT+CSCS? tells it; undefined where the modem does not say. */
  readonly characterSet?: string | undefined;
  /** Undefined where it is not known: then the shape of the string decides. */
  readonly form?: UssdForm | undefined;
}

/** Fewer digits may be a number in plain text. */
const fewestShapedDigits = 8;

/**
 * The text of a USSD string as it stood between the quotes of +CUSD (TS 27.007, 7.15). Its coding says what it
 * should be; modems differ, so its shape has the last word:
 *
 * - UCS-2 by its coding, and whole units of hex: UCS-2
 * - the default alphabet, and hex: UCS-2 or one octet a character where +CSCS or the octets say so, else packed
 *   where that gives a readable text
 * - everything else stands there as it is, in the character set of +CSCS
 *
 * NUL is an `@` where septets stand there as they are, and noise of the line elsewhere.
 */
export function decodeUssdString(
  written: string,
  dcs: number | undefined,
  writing: UssdWriting = {},
): string {
  const { alphabet, languageFirst } = ussdCoding(dcs);
  const text = decode(written, alphabet, writing);
  return tidy(languageFirst ? withoutLanguage(text) : text);
}

function decode(given: string, alphabet: 'gsm7' | '8bit' | 'ucs2', writing: UssdWriting): string {
  const septets = writing.characterSet === 'GSM' && writing.form !== 'packed' && alphabet === 'gsm7';
  if (septets && given.includes('\0')) return plainText(given, writing.characterSet);
  const written = given.replaceAll('\0', '');
  const octets = /^(?:[0-9A-F]+|[0-9a-f]+)$/.test(written) ? octetsFromHex(written) : undefined;
  if (!octets) return plainText(written, writing.characterSet);
  if (alphabet === 'ucs2') {
    return octets.length % 2 === 0 ? textOfUcs2(octets) : plainText(written, writing.characterSet);
  }
  if (alphabet === '8bit') return latin1(octets);
  return hexText(written, octets, writing) ?? plainText(written, writing.characterSet);
}

/** A string of the default alphabet that is written in hex; undefined when it is more likely plain. */
function hexText(written: string, octets: Uint8Array, writing: UssdWriting): string | undefined {
  const { characterSet, form } = writing;
  const shaped = written.length >= fewestShapedDigits;
  const units = octets.length % 2 === 0;
  if (units && (characterSet === 'UCS2' || (shaped && everySecondIsZero(octets)))) return textOfUcs2(octets);
  if (characterSet === 'HEX' || (shaped && form !== 'packed' && octets.every((octet) => octet < 0x80))) {
    return readable(textOfSeptets(octets, defaultTables));
  }
  if (form === 'text' && !shaped) return undefined;
  if (form !== 'packed' && /^\d+$/.test(written)) return undefined;
  return readable(unpackUssdText(written));
}

function everySecondIsZero(octets: Uint8Array): boolean {
  return octets.every((octet, at) => at % 2 === 1 || octet === 0);
}

/** A text with control characters in it was none. */
function readable(text: string | undefined): string | undefined {
  return text !== undefined && /^[^\p{Cc}]+$/u.test(text.replace(/[\r\n]/g, '')) ? text : undefined;
}

/** In the set GSM each octet is a septet, so that `$` comes as 02; what is no septet came in some other set. */
function plainText(written: string, characterSet: string | undefined): string {
  if (/^UTF-?8$/i.test(characterSet ?? '')) return textOfUtf8(written) ?? written;
  const octets = Uint8Array.from(written, (character) => character.charCodeAt(0));
  const septets = characterSet === 'GSM' && octets.every((octet) => octet < 0x80);
  return septets ? textOfSeptets(octets, defaultTables) : written;
}

function latin1(octets: Uint8Array): string {
  return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
}

/** Two letters and CR in the default alphabet, two letters packed into one unit of UCS-2 (TS 23.038, 5). */
function withoutLanguage(text: string): string {
  if (/^[a-z]{2}\r/i.test(text)) return text.slice(3);
  const unit = text.charCodeAt(0);
  const letters = textOfSeptets(unpackSeptets(Uint8Array.of(unit >> 8, unit & 0xff), 0, 2), defaultTables);
  return /^[a-z]{2}$/i.test(letters) ? text.slice(1) : text;
}

/** Line ends as one kind; blanks at the end are what networks fill their answers with. */
function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd();
}

/**
 * A text as it goes between the quotes of AT+CUSD, with the coding 72 as UCS-2, else 15; undefined when the default
 * alphabet lacks one of its characters, or when it holds what would end the string.
 */
export function encodeUssdString(text: string, { characterSet, form }: UssdWriting): string | undefined {
  if (form === 'ucs2') return appendUcs2('', text, 0, text.length);
  const septets = septetsOfText(text, defaultTables);
  if (!septets) return undefined;
  if (form === 'packed') return packUssdText(text);
  if (characterSet === 'UCS2') return appendUcs2('', text, 0, text.length);
  if (characterSet === 'HEX') return hexFromOctets(septets);
  const written = characterSet === 'GSM' ? latin1(septets) : text;
  return Array.from(written).every((character) => isWritable(character, characterSet)) ? written : undefined;
}

/** Octets that a modem takes for the end of the line or of the string, or for an editing of it (V.250, 5.2). */
const editing = new Set('"\0\b\n\r\x18\x1a\x1b\x7f');

function isWritable(character: string, characterSet: string | undefined): boolean {
  if (editing.has(character)) return false;
  return characterSet === 'GSM' || (character >= ' ' && character <= '~');
}
