import {
  hexFromOctets,
  hexOfTwo,
  hexPair,
  hexWord,
  packedLength,
  packSeptets,
  unpackSeptets,
} from '../octets.ts';
import { EncodeError } from './encode-error.ts';
import { septetsOfText, textOfSeptets } from './gsm7.ts';
import { defaultTables } from './gsm7-tables.ts';
import type { PduReader } from './pdu-reader.ts';

/** An address as TS 23.040, 9.1.2.5 has it: number or alphanumeric name, type of number, numbering plan. */
export interface Address {
  /** International numbers begin with '+'. */
  readonly address: string;
  /** Type of number, 0..7: 0 unknown, 1 international, 2 national, 5 alphanumeric. */
  readonly ton: number;
  /** Numbering plan, 0..15: 1 is the telephone plan E.164. */
  readonly npi: number;
}

export interface DecodedAddress extends Address {
  /** The type-of-address octet as it came. */
  readonly toa: number;
}

const international = 1;
const alphanumeric = 5;
const telephonePlan = 1;
const filler = 15;

/** Longest address value: 20 semi-octets in 10 octets. */
const maxSemiOctets = 20;

/** Semi-octet values 0..14 (TS 23.040, 9.1.2.3). */
const semiOctets = '0123456789*#abc';

/** The two digits of an octet, up to the first filler. */
const digitPairs: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const low = semiOctets.charAt(octet & 15);
  return low + (low && semiOctets.charAt(octet >> 4));
});

/** The digits in the octets from `start` up to `end`, low nibble first, up to the first filler. */
export function readDigits(octets: Uint8Array, start: number, end: number): string {
  let digits = '';
  for (let i = start; i < end; i++) {
    const pair = digitPairs[octets[i] as number] as string;
    digits += pair;
    if (pair.length < 2) break;
  }
  return digits;
}

/** The unused half of the last octet should be a filler; senders exist that leave a digit there. */
function readNumber(reader: PduReader, start: number, length: number, available: number): string {
  const count = Math.min(length, 2 * available);
  const digits = readDigits(reader.octets, start, start + available);
  if (digits.length < count)
    reader.report('address.digits', start, 'The address has a filler among its digits');
  if (digits.length <= count) return digits;
  reader.note(
    'address.digits',
    start,
    'The address has an odd number of digits but no filler after the last',
  );
  return digits.slice(0, count);
}

/**
 * An alphanumeric address is packed septets, its length still in semi-octets. Some senders give 14 semi-octets for
 * seven characters; the eighth septet is then padding, not '@'.
 */
function readName(reader: PduReader, start: number, length: number, available: number): string {
  const count = Math.floor((Math.min(length, 2 * available) * 4) / 7);
  const septets = unpackSeptets(reader.octets, start, count);
  const padded = length === 14 && count === 8 && septets[7] === 0;
  return textOfSeptets(padded ? septets.subarray(0, 7) : septets, defaultTables);
}

/** Reads length, type and value of TP-OA, TP-DA or TP-RA. */
export function readAddress(reader: PduReader): DecodedAddress {
  const lengthOffset = reader.offset;
  const length = reader.octet('address.length');
  if (length > maxSemiOctets) {
    const message = `The address claims ${length} digits; at most ${maxSemiOctets} are possible`;
    reader.report('address.length', lengthOffset, message);
  }
  const toa = reader.octet('address.toa');
  const start = reader.offset;
  const available = reader.skip('address.digits', Math.ceil(length / 2));
  reader.mark('address.digits', start);
  const ton = (toa >> 4) & 7;
  const npi = toa & 15;
  if (ton === alphanumeric) return { address: readName(reader, start, length, available), ton, npi, toa };
  const digits = readNumber(reader, start, length, available);
  return { address: ton === international && digits !== '' ? `+${digits}` : digits, ton, npi, toa };
}

/** What people put between digits. */
const separators = /[\s()./-]/g;

const plus = 0x2b;

/** Where the digits of a number begin: behind its '+'. */
function firstDigit(number: string): 0 | 1 {
  return number.charCodeAt(0) === plus ? 1 : 0;
}

function isNumber(text: string): boolean {
  const first = firstDigit(text);
  for (let i = first; i < text.length; i++) if (semiOctet(text.charCodeAt(i)) < 0) return false;
  return text.length > first;
}

function numberAddress(number: string): Address {
  return { address: number, ton: firstDigit(number) === 1 ? international : 0, npi: telephonePlan };
}

/**
 * The address of a telephone number, with or without blanks, dashes and brackets: '+4915112345678' is international,
 * '12345' of unknown type; `undefined` when the text is no number.
 */
export function parseNumber(text: string): Address | undefined {
  if (isNumber(text)) return numberAddress(text);
  const number = text.replace(separators, '');
  return isNumber(number) ? numberAddress(number) : undefined;
}

/** The address of a number, or of an alphanumeric name, which only a network may send; empty is unknown. */
export function parseAddress(text: string): Address {
  return parseNumber(text) ?? { address: text, ton: text === '' ? 0 : alphanumeric, npi: 0 };
}

/** Value of a digit, -1 for what is none. */
function semiOctet(charCode: number): number {
  const digit = charCode - 0x30;
  return digit >= 0 && digit <= 9 ? digit : semiOctets.indexOf(String.fromCharCode(charCode));
}

/** Digits of a number without its '+'; at most 20 are possible. */
export function countDigits({ address }: Address, field: string): number {
  const count = address.length - firstDigit(address);
  if (count <= maxSemiOctets) return count;
  throw new EncodeError(field, `${field} has ${count} digits; at most ${maxSemiOctets} are possible`);
}

/** The octet of the two digits at `at`, low nibble first, a filler after the last; negative where one is none. */
function digitOctet(address: string, at: number): number {
  const high = at + 1 < address.length ? semiOctet(address.charCodeAt(at + 1)) : filler;
  return (high << 4) | semiOctet(address.charCodeAt(at));
}

/** Appends the digits of a number, two to an octet, to the hex of what comes before them; `undefined` if one is none. */
function withDigits(before: string, number: string): string | undefined {
  let hex = before;
  let signs = 0;
  let at: number = firstDigit(number);
  for (; at + 4 <= number.length; at += 4) {
    const word = (digitOctet(number, at) << 8) | digitOctet(number, at + 2);
    signs |= word;
    hex += hexWord(word & 0xffff);
  }
  for (; at < number.length; at += 2) {
    const octet = digitOctet(number, at);
    signs |= octet;
    hex += hexPair(octet);
  }
  return signs < 0 ? undefined : hex;
}

/** As `withDigits`, and `EncodeError` if one is none. */
export function appendDigits(before: string, { address }: Address, field: string): string {
  const hex = withDigits(before, address);
  if (hex !== undefined) return hex;
  throw new EncodeError(field, `${field} must be digits, * # a b c after an optional +, not ${address}`);
}

export function typeOfAddress(address: Address): number {
  return 0x80 | (address.ton << 4) | address.npi;
}

function appendName(before: string, address: Address, field: string): string {
  const septets = septetsOfText(address.address, defaultTables);
  if (septets === undefined || packedLength(septets.length) > maxSemiOctets / 2) {
    throw new EncodeError(field, `${field} must be at most 11 characters of the GSM 7-bit alphabet`);
  }
  const length = Math.ceil((7 * septets.length) / 4);
  return before + hexOfTwo(length, typeOfAddress(address)) + hexFromOctets(packSeptets(septets));
}

/** Appends length, type and value (TS 23.040, 9.1.2.5) to the hex of what comes before them. */
export function appendAddress(before: string, address: Address, field: string): string {
  if (address.ton === alphanumeric) return appendName(before, address, field);
  return appendDigits(before + hexOfTwo(countDigits(address, field), typeOfAddress(address)), address, field);
}

/**
 * As `appendAddress`, of a number that is written as it is dialled; `undefined` for any other text. Most are, and need
 * not be looked through for blanks and dashes first.
 */
export function appendNumber(before: string, number: string): string | undefined {
  const first = firstDigit(number);
  const count = number.length - first;
  if (count === 0 || count > maxSemiOctets) return undefined;
  return withDigits(before + hexOfTwo(count, first === 1 ? 0x91 : 0x81), number);
}
