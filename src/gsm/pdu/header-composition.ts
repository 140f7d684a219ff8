import { octetsFromHex } from '../octets.ts';
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

function element(iei: number, ...data: number[]): number[] {
  return [iei, data.length, ...data];
}

function concatElement({ ref, total, seq, bits }: Concatenation): number[] {
  if (!(seq >= 1 && seq <= total && total <= 255)) {
    throw new EncodeError('concat', `concat must be part 1..total of at most 255, not ${seq} of ${total}`);
  }
  if (!(ref >= 0 && ref < 2 ** bits))
    throw new EncodeError('concat', `concat.ref ${ref} does not fit in ${bits} bits`);
  if (bits === 8) return element(elementIds.concat8, ref, total, seq);
  return element(elementIds.concat16, ref >> 8, ref & 255, total, seq);
}

function portsElement({ dest, src, bits }: Ports): number[] {
  for (const port of [dest, src]) {
    if (!(port >= 0 && port < 2 ** bits))
      throw new EncodeError('ports', `Port ${port} does not fit in ${bits} bits`);
  }
  if (bits === 8) return element(elementIds.ports8, dest, src);
  return element(elementIds.ports16, dest >> 8, dest & 255, src >> 8, src & 255);
}

function rawElement({ iei, data }: InformationElement): number[] {
  const octets = octetsFromHex(data);
  if (octets === undefined) throw new EncodeError('udh', `The data of element ${iei} is not hex: ${data}`);
  return element(octetField('udh', iei), ...octets);
}

/** TP-UDHL and the elements; nothing when there are none. */
export function composeHeader(fields: HeaderFields): Uint8Array {
  const { national } = fields;
  const all = [
    ...(fields.concat ? concatElement(fields.concat) : []),
    ...(fields.ports ? portsElement(fields.ports) : []),
    ...(national?.single ? element(elementIds.singleShift, national.single) : []),
    ...(national?.locking ? element(elementIds.lockingShift, national.locking) : []),
    ...(fields.udh ?? []).flatMap(rawElement),
  ];
  return all.length === 0 ? new Uint8Array() : Uint8Array.of(all.length, ...all);
}

/** Octets of a header, its length octet included, that holds these elements. */
export function headerOctets(fields: HeaderFields): number {
  return composeHeader(fields).length;
}
