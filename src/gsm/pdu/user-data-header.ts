import { hexFromOctets } from '../octets.ts';
import { type HeaderMeaning, type InformationElement, knownElements } from './information-element.ts';
import type { PduReader } from './pdu-reader.ts';

/** The user data header (TS 23.040, 9.2.3.24): its elements in order, and what they mean. */
export interface UserDataHeader extends HeaderMeaning {
  readonly udh: readonly InformationElement[];
  /** The whole header as it came, when not all of it could be read. */
  readonly udhHex?: string;
}

/** What an element adds to the meaning of those before it; unknown ones nothing, ones too short a note. */
function meaningOf(
  reader: PduReader,
  start: number,
  end: number,
  field: string,
  earlier: HeaderMeaning,
): HeaderMeaning {
  const known = knownElements.get(reader.octets[start] as number);
  const data = reader.octets.subarray(start + 2, end);
  if (known === undefined) return earlier;
  if (data.length >= known.octets) return { ...earlier, ...known.read(data, earlier) };
  reader.note(field, start, `${field} has ${data.length} octets of data, which is too short; it is ignored`);
  return earlier;
}

/** Reads elements from octet `start` up to `end`. One that runs past the end of the header ends it. */
function readElements(reader: PduReader, start: number, end: number): UserDataHeader {
  const udh: InformationElement[] = [];
  let meaning: HeaderMeaning = {};
  for (let at = start; at < end; ) {
    const field = `udh.${udh.length}`;
    const next = at + 2 + (at + 1 < end ? (reader.octets[at + 1] as number) : 0);
    if (next > end) {
      reader.report(field, at, `${field} runs past the end of the user data header`);
      reader.mark('udh.malformed', at, end);
      return { udh, udhHex: hexFromOctets(reader.octets, start - 1, end), ...meaning };
    }
    udh.push({ iei: reader.octets[at] as number, data: hexFromOctets(reader.octets, at + 2, next) });
    meaning = meaningOf(reader, at, next, field, meaning);
    reader.mark(`${field}.iei`, at, at + 1);
    reader.mark(`${field}.length`, at + 1, at + 2);
    reader.mark(`${field}.data`, at + 2, next);
    at = next;
  }
  return { udh, ...meaning };
}

/**
 * Reads the header at octet `start` of user data that reaches to `end`: TP-UDHL, then the elements. `headerOctets`
 * counts both; the text begins after them.
 */
export function readUserDataHeader(
  reader: PduReader,
  start: number,
  end: number,
): UserDataHeader & { readonly headerOctets: number } {
  const claimed = start < end ? (reader.octets[start] as number) + 1 : 1;
  if (start + claimed > end) {
    const message = `The user data header claims ${claimed} octets, but the user data has ${end - start}`;
    reader.report('udh.length', start, message);
  }
  const headerEnd = Math.min(start + claimed, end);
  reader.mark('udh.length', start, Math.min(start + 1, end));
  return { ...readElements(reader, start + 1, headerEnd), headerOctets: headerEnd - start };
}
