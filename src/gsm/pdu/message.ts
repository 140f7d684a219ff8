import type { Draft } from './draft.ts';
import type { EncodedPdu } from './encoded-pdu.ts';
import { type SegmentOptions, segmentText } from './segment.ts';
import { encodeSubmit, type SubmitFields } from './submit.ts';

/** A text message of any length; `ref` counts only when it takes more than one segment. */
export interface MessageFields
  extends Omit<SubmitFields, 'alphabet' | 'concat' | 'national' | 'text' | 'dataHex' | 'dcs' | 'ports'>,
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
  const { alphabet, national, segments } = segmentText(fields.text, fields);
  const { ref, refBits: bits = 8 } = fields;
  const total = segments.length;
  const encoded = segments.map((text, index) => {
    const submit: Draft<SubmitFields> = { ...fields, alphabet, text };
    if (total > 1) submit.concat = { ref, total, seq: index + 1, bits };
    if (national) submit.national = national;
    const { pdu, tpduLength } = encodeSubmit(submit);
    return { pdu, tpduLength, text };
  });
  return { alphabet, segments: encoded };
}
