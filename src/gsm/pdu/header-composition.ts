import { hexFromOctets, hexOfTwo, hexPair, hexWord, octetsFromHex } from '../octets.ts';
import { EncodeError } from './encode-error.ts';
import {
  type Concatenation,
  elementIds,
  type InformationElement,
  type NationalLanguage,
  type Ports,
} from './information-element.ts';
import { octetField } from './octet-field.ts';

/** What a user data header is to hold; elements are written in this order. */
export interface HeaderFields {
  readonly concat?: Concatenation | undefined;
  readonly ports?: Ports | undefined;
  /** Shift tables for GSM 7-bit text. */
  readonly national?: NationalLanguage | undefined;
  /** Any further elements. */
  readonly udh?: readonly InformationElement[];
}

/** What most messages that take one segment have. */
export const noHeader: HeaderFields = {};

const limits = { 8: 0x100, 16: 0x10000 } as const;

function fits(value: number, bits: 8 | 16): boolean {
  return Number.isInteger(value) && value >= 0 && value < limits[bits];
}

function element(iei: number, dataHex: string): string {
  return hexOfTwo(iei, dataHex.length / 2) + dataHex;
}

function concatElement({ ref, total, seq, bits }: Concatenation): string {
  if (!(seq >= 1 && seq <= total && total <= 255)) {
    throw new EncodeError('concat', `concat must be part 1..total of at most 255, not ${seq} of ${total}`);
  }
  if (!fits(ref, bits)) throw new EncodeError('concat', `The reference ${ref} does not fit in ${bits} bits`);
  const begin = bits === 8 ? hexOfTwo(elementIds.concat8, 3) : hexOfTwo(elementIds.concat16, 4);
  return begin + (bits === 8 ? hexPair(ref) : hexWord(ref)) + hexOfTwo(total, seq);
}

function portsElement({ dest, src, bits }: Ports): string {
  for (const port of [dest, src]) {
    if (!fits(port, bits)) throw new EncodeError('ports', `Port ${port} does not fit in ${bits} bits`);
  }
  return bits === 8
    ? element(elementIds.ports8, hexOfTwo(dest, src))
    : element(elementIds.ports16, hexWord(dest) + hexWord(src));
}

function shiftElements({ locking, single }: NationalLanguage): string {
  const singleShift = single === 0 ? '' : element(elementIds.singleShift, hexPair(single));
  return locking === 0 ? singleShift : singleShift + element(elementIds.lockingShift, hexPair(locking));
}

function rawElement({ iei, data }: InformationElement): string {
  const octets = octetsFromHex(data);
  if (octets === undefined) throw new EncodeError('udh', `The data of element ${iei} is not hex: ${data}`);
  return element(octetField('udh', iei), hexFromOctets(octets));
}

/** TP-UDHL and the elements as hex; empty when there are none. */
export function composeHeader(fields: HeaderFields): string {
  let elements = '';
  if (fields.concat) elements += concatElement(fields.concat);
  if (fields.ports) elements += portsElement(fields.ports);
  if (fields.national) elements += shiftElements(fields.national);
  if (fields.udh) for (const raw of fields.udh) elements += rawElement(raw);
  return elements === '' ? '' : hexPair(elements.length / 2) + elements;
}

/** Octets of the header, TP-UDHL included. */
export function headerOctets(fields: HeaderFields): number {
  return fields === noHeader ? 0 : composeHeader(fields).length / 2;
}

/** Octets of the header with a concatenation element beside what it has. */
export function concatHeaderOctets(fields: HeaderFields, bits: Concatenation['bits']): number {
  return Math.max(headerOctets(fields), 1) + (bits === 8 ? 5 : 6);
}
