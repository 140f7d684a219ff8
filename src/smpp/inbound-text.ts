import type { Message } from '../contract/message.ts';
import { segmentText } from '../gsm/pdu/segment.ts';
import { toAddress } from './address.ts';
import { dataCodings, encodeText } from './text-coding.ts';
import { concatenationHeader } from './user-data-header.ts';

const udhIndicator = 0x40;
/** The most that short_message holds (SMPP 3.4, 5.2.21). */
const longestShortMessage = 254;

/**
 * The fields of the deliver_sm that hand over a text that came in: one, or for a long text several with a user data
 * header each, cut where a telephone would cut it. Octets that are no text go as octets.
 *
 * @param reference ties the parts of one text together; its lowest 8 bits count
 */
export function inboundFields(message: Message, reference: number): Record<string, unknown>[] {
  const source = toAddress(message.from);
  const destination = toAddress(message.to);
  const common = {
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    source_addr: source.address,
    dest_addr_ton: destination.ton,
    dest_addr_npi: destination.npi,
    destination_addr: destination.address,
  };
  if (message.encoding === 'binary') return [{ ...common, ...binaryFields(message.body) }];
  const { alphabet, segments } = segmentText(message.body);
  return segments.map((segment, index) => {
    const octets = encodeText(segment, alphabet);
    const fields = { ...common, data_coding: dataCodings[alphabet] };
    if (segments.length === 1) return { ...fields, esm_class: 0, short_message: octets };
    const header = concatenationHeader(reference, segments.length, index + 1);
    return { ...fields, esm_class: udhIndicator, short_message: Buffer.concat([header, octets]) };
  });
}

function binaryFields(hex: string): Record<string, unknown> {
  const octets = Buffer.from(hex, 'hex');
  const fields = { esm_class: 0, data_coding: dataCodings.binary };
  if (octets.length <= longestShortMessage) return { ...fields, short_message: octets };
  return { ...fields, short_message: Buffer.alloc(0), message_payload: octets };
}
