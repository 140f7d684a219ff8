import { hexFromOctets, hexPair, octetsFromHex } from '../octets.ts';
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
  readonly concat?: Concatenation;
  readonly ports?: Ports;
  /** Shift tables for GSM 7-bit text. */
  readonly national?: NationalLanguage;
  /** Any further elements. */
  readonly udh?: readonly InformationElement[];
}

function fits(value: number, bits: 8 | 16): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** bits;
}

function addConcat(header: number[], { ref, total, seq, bits }: Concatenation): void {
  if (!(seq >= 1 && seq <= total && total <= 255)) {
    throw new EncodeError('concat', `concat must be part 1..total of at most 255, not ${seq} of ${total}`);
  }
  if (!fits(ref, bits)) throw new EncodeError('concat', `The reference ${ref} does not fit in ${bits} bits`);
  if (bits === 8) header.push(elementIds.concat8, 3, ref, total, seq);
  else header.push(elementIds.concat16, 4, ref >> 8, ref & 255, total, seq);
}

function addPorts(header: number[], { dest, src, bits }: Ports): void {
  for (const port of [dest, src]) {
    if (!fits(port, bits)) throw new EncodeError('ports', `Port ${port} does not fit in ${bits} bits`);
  }
  if (bits === 8) header.push(elementIds.ports8, 2, dest, src);
  else header.push(elementIds.ports16, 4, dest >> 8, dest & 255, src >> 8, src & 255);
}

function addNational(header: number[], { locking, single }: NationalLanguage): void {
  if (single !== 0) header.push(elementIds.singleShift, 1, single);
  if (locking !== 0) header.push(elementIds.lockingShift, 1, locking);
}

function addElement(header: number[], { iei, data }: InformationElement): void {
  const octets = octetsFromHex(data);
  if (octets === undefined) throw new EncodeError('udh', `The data of element ${iei} is not hex: ${data}`);
  header.push(octetField('udh', iei), octets.length, ...octets);
}

/** TP-UDHL and the elements as hex; empty when there are none. */
export function composeHeader(fields: HeaderFields): string {
  const header: number[] = [];
  if (fields.concat) addConcat(header, fields.concat);
  if (fields.ports) addPorts(header, fields.ports);
  if (fields.national) addNational(header, fields.national);
  if (fields.udh) for (const element of fields.udh) addElement(header, element);
  if (header.length === 0) return '';
  return hexPair(header.length) + hexFromOctets(Uint8Array.from(header));
}

/** Octets of the header, TP-UDHL included. */
export function headerOctets(fields: HeaderFields): number {
  return composeHeader(fields).length / 2;
}
