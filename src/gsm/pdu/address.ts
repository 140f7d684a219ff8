import { type OctetWriter, packedLength, packSeptets, unpackSeptets } from '../octets.ts';
import { EncodeError } from './encode-error.ts';
import { defaultTables, septetsOfText, textOfSeptets } from './gsm7.ts';
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

/** The digits in `count` semi-octets from octet `start`, low nibble first, up to the first filler. */
export function readDigits(octets: Uint8Array, start: number, count: number): string {
  let digits = '';
  for (let i = 0; i < count; i++) {
    const octet = octets[start + (i >> 1)] as number;
    const nibble = i % 2 === 0 ? octet & 15 : octet >> 4;
    if (nibble === filler) break;
    digits += semiOctets[nibble];
  }
  return digits;
}

/** The unused half of the last octet should be a filler; senders exist that leave a digit there. */
function readNumber(
  reader: PduReader,
  field: string,
  start: number,
  length: number,
  available: number,
): string {
  const count = Math.min(length, 2 * available);
  const digits = readDigits(reader.octets, start, count);
  if (digits.length < count)
    reader.report(`${field}.digits`, start, `${field} has a filler among its digits`);
  if (count % 2 === 1 && (reader.octets[start + (count >> 1)] as number) >> 4 !== filler) {
    reader.note(
      `${field}.digits`,
      start,
      `${field} has an odd number of digits but no filler after the last`,
    );
  }
  return digits;
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
export function readAddress(reader: PduReader, field: string): DecodedAddress {
  const lengthOffset = reader.offset;
  const length = reader.octet(`${field}.length`);
  if (length > maxSemiOctets) {
    reader.report(
      `${field}.length`,
      lengthOffset,
      `${field} claims ${length} digits; at most ${maxSemiOctets} are possible`,
    );
  }
  const toa = reader.octet(`${field}.toa`);
  const start = reader.offset;
  const available = reader.skip(`${field}.digits`, Math.ceil(length / 2));
  reader.mark(`${field}.digits`, start);
  const ton = (toa >> 4) & 7;
  const npi = toa & 15;
  if (ton === alphanumeric) return { address: readName(reader, start, length, available), ton, npi, toa };
  const digits = readNumber(reader, field, start, length, available);
  return { address: ton === international && digits !== '' ? `+${digits}` : digits, ton, npi, toa };
}

/** Whether a string is a telephone number as `parseAddress` takes it. */
export function isNumber(text: string): boolean {
  return /^\+?[0-9*#abc]+$/.test(text);
}

/**
 * The address of a string: '+4915112345678' is international, '12345' of unknown type, anything else is an
 * alphanumeric name, which only a network may send.
 */
export function parseAddress(text: string): Address {
  if (text.startsWith('+')) return { address: text, ton: international, npi: telephonePlan };
  if (isNumber(text) || text === '') return { address: text, ton: 0, npi: telephonePlan };
  return { address: text, ton: alphanumeric, npi: 0 };
}

function semiOctetsOf(digits: string, field: string): number[] {
  return Array.from(digits, (digit, index) => {
    const value = semiOctets.indexOf(digit);
    if (value < 0)
      throw new EncodeError(
        field,
        `${field} must hold digits, * # a b c after an optional +; not ${digit}`,
        index,
      );
    return value;
  });
}

/** Writes semi-octets two to an octet, low nibble first, a filler after an odd count. */
export function writeSemiOctets(writer: OctetWriter, nibbles: readonly number[]): void {
  for (let i = 0; i < nibbles.length; i += 2) {
    const high = i + 1 < nibbles.length ? (nibbles[i + 1] as number) : filler;
    writer.octet((high << 4) | (nibbles[i] as number));
  }
}

/** The nibbles of a number without its '+', at most `max` of them. */
export function numberNibbles(address: Address, field: string, max: number): number[] {
  const nibbles = semiOctetsOf(address.address.replace(/^\+/, ''), field);
  if (nibbles.length > max)
    throw new EncodeError(field, `${field} has ${nibbles.length} digits; at most ${max} are possible`);
  return nibbles;
}

export function typeOfAddress(address: Address): number {
  return 0x80 | (address.ton << 4) | address.npi;
}

function writeName(writer: OctetWriter, address: Address, field: string): void {
  const septets = septetsOfText(address.address, defaultTables);
  if (septets === undefined || packedLength(septets.length) > maxSemiOctets / 2) {
    throw new EncodeError(field, `${field} must be at most 11 characters of the GSM 7-bit alphabet`);
  }
  writer.octet(Math.ceil((7 * septets.length) / 4));
  writer.octet(typeOfAddress(address));
  writer.octetsOf(packSeptets(septets));
}

/** Writes length, type and value (TS 23.040, 9.1.2.5). */
export function writeAddress(writer: OctetWriter, address: Address, field: string): void {
  if (address.ton === alphanumeric) return writeName(writer, address, field);
  const nibbles = numberNibbles(address, field, maxSemiOctets);
  writer.octet(nibbles.length);
  writer.octet(typeOfAddress(address));
  writeSemiOctets(writer, nibbles);
}
