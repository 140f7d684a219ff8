import { hexFromOctets } from '../octets.ts';
import { type BitField, firstOctetFields, typeOfAddressFields } from './bit-field.ts';
import type { DecodedPdu } from './decoded-pdu.ts';
import { readingOf } from './meaning.ts';
import type { Mark } from './pdu-reader.ts';
import type { Span } from './span.ts';

/** The fields that share one octet, when the mark is of such an octet. */
function bitFields(mark: Mark, pdu: DecodedPdu): readonly BitField[] | undefined {
  if (mark.field === 'firstOctet') return firstOctetFields[pdu.kind];
  if (mark.field.endsWith('.toa')) return typeOfAddressFields(mark.field.slice(0, -'.toa'.length));
  return undefined;
}

function bitSpan({ field, high, low, meanings }: BitField, octet: number, at: number): Span {
  const value = (octet >> low) & ((1 << (high - low + 1)) - 1);
  const place = { start: at, end: at + 1, bits: { high, low }, hex: hexFromOctets(Uint8Array.of(octet)) };
  return { field, ...place, value: String(value), meaning: meanings[value] as string };
}

function spansOf(mark: Mark, octets: Uint8Array, pdu: DecodedPdu): readonly Span[] {
  const { field, start, end } = mark;
  const fields = bitFields(mark, pdu);
  if (fields !== undefined) return fields.map((bits) => bitSpan(bits, octets[start] as number, start));
  const own = octets.subarray(start, end);
  return [{ ...mark, hex: hexFromOctets(own), ...readingOf(field, own, pdu) }];
}

/** Turns the marks that decoding left into spans with values and meanings, in the order of the octets. */
export function explain(pdu: DecodedPdu, octets: Uint8Array, marks: readonly Mark[]): Span[] {
  return marks.flatMap((mark) => spansOf(mark, octets, pdu)).sort((a, b) => a.start - b.start);
}
