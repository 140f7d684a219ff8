import { hexFromOctets } from '../octets.ts';
import type { Draft } from './draft.ts';
import { type HeaderMeaning, type InformationElement, knownElements } from './information-element.ts';
import type { PduReader } from './pdu-reader.ts';

/** The user data header (TS 23.040, 9.2.3.24): its elements in order, and what they mean. */
export interface UserDataHeader extends HeaderMeaning {
  readonly udh: readonly InformationElement[];
  /** The whole header as it came, when not all of it could be read. */
  readonly udhHex?: string;
}

/** Adds what one element means; unknown ones mean nothing, and ones too short are noted. */
function readMeaning(header: Draft<HeaderMeaning>, reader: PduReader, start: number, end: number): void {
  const known = knownElements.get(reader.octets[start] as number);
  if (known === undefined) return;
  if (end - start - 2 >= known.length) known.read(reader.octets, start + 2, header);
  else reader.note('udh', start, 'A header element has too little data; it is ignored');
}

function markElement(reader: PduReader, index: number, start: number, end: number): void {
  if (reader.marks === undefined) return;
  reader.mark(`udh.${index}.iei`, start, start + 1);
  reader.mark(`udh.${index}.length`, start + 1, start + 2);
  reader.mark(`udh.${index}.data`, start + 2, end);
}

/** Reads elements from octet `start` up to `end`. One that runs past the end of the header ends it. */
function readElements(header: Draft<UserDataHeader>, reader: PduReader, start: number, end: number): void {
  const { octets } = reader;
  const udh: InformationElement[] = [];
  header.udh = udh;
  for (let at = start; at < end; ) {
    const next = at + 2 + (at + 1 < end ? (octets[at + 1] as number) : 0);
    if (next > end) {
      reader.report(`udh.${udh.length}`, at, 'A header element runs past the end of the user data header');
      reader.mark('udh.malformed', at, end);
      header.udhHex = hexFromOctets(octets, start - 1, end);
      return;
    }
    readMeaning(header, reader, at, next);
    markElement(reader, udh.length, at, next);
    udh.push({ iei: octets[at] as number, data: hexFromOctets(octets, at + 2, next) });
    at = next;
  }
}

/**
 * Reads the header at octet `start` of user data that reaches to `end`, into user data under construction: TP-UDHL,
 * then the elements. Returns the octet where it ends.
 */
export function readUserDataHeader(header: object, reader: PduReader, start: number, end: number): number {
  const claimed = start < end ? (reader.octets[start] as number) + 1 : 1;
  if (start + claimed > end) {
    const message = `The user data header claims ${claimed} octets, but the user data has ${end - start}`;
    reader.report('udh.length', start, message);
  }
  const headerEnd = Math.min(start + claimed, end);
  reader.mark('udh.length', start, Math.min(start + 1, end));
  readElements(header as Draft<UserDataHeader>, reader, start + 1, headerEnd);
  return headerEnd;
}
