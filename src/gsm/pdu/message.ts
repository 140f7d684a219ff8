import { dcsOf } from './data-coding.ts';
import type { EncodedPdu, PduHead } from './encoded-pdu.ts';
import { composeHeader } from './header-composition.ts';
import { layOutWithinLimit, type SegmentOptions } from './layout.ts';
import { nationalOf } from './segment.ts';
import { type SubmitFields, submitHead } from './submit.ts';
import { appendText, type ContentFields } from './user-data-composition.ts';

/** A text message of any length; `ref` counts only when it takes more than one segment. */
export interface MessageFields
  extends Omit<SubmitFields, keyof ContentFields>,
    Pick<ContentFields, 'flash' | 'messageClass'>,
    SegmentOptions {
  readonly text: string;
  /** The same in all segments: 0..255, or 0..65535 with `refBits` 16. */
  readonly ref: number;
}

export interface EncodedSegment extends EncodedPdu {
  /** The text in this segment. */
  readonly text: string;
}

export interface EncodedMessage {
  readonly alphabet: 'gsm7' | 'ucs2';
  readonly segments: readonly EncodedSegment[];
}

/** Cuts the text into segments and encodes each as an SMS-SUBMIT. `EncodeError` when a field cannot be encoded. */
export function encodeMessage(fields: MessageFields): EncodedMessage {
  const { ref, ports, refBits = 8 } = fields;
  const { text, tables, segments } = layOutWithinLimit(fields.text, fields);
  const alphabet = tables === undefined ? 'ucs2' : 'gsm7';
  const dcs = dcsOf(alphabet, fields.flash ? 0 : fields.messageClass);
  const national = nationalOf(tables);
  const total = segments.length;
  const plain = total === 1 && ports === undefined && national === undefined;
  const encoded = new Array<EncodedSegment>(total);
  let head: PduHead | undefined;
  let start = 0;
  for (let index = 0; index < total; index++) {
    const segment = segments[index] as string;
    const concat = total > 1 ? { ref, total, seq: index + 1, bits: refBits } : undefined;
    const header = plain ? '' : composeHeader({ concat, ports, national });
    head ??= submitHead(fields, !plain, dcs);
    const end = start + segment.length;
    const pdu = appendText(head.hex, header, text, start, end, tables);
    encoded[index] = { pdu, tpduLength: pdu.length / 2 - head.smscOctets, text: segment };
    start = end;
  }
  return { alphabet, segments: encoded };
}
