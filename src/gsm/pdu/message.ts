import type { EncodedPdu } from './encoded-pdu.ts';
import type { Concatenation } from './information-element.ts';
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
  const {
    text: whole,
    ref,
    refBits = 8,
    nationalTables: _tables,
    transliterate: _replace,
    maxSegments: _most,
    ...submit
  } = fields;
  const { alphabet, national, segments } = segmentText(whole, fields);
  const total = segments.length;
  const encoded = segments.map((text, index) => {
    const concat: Concatenation | undefined =
      total > 1 ? { ref, total, seq: index + 1, bits: refBits } : undefined;
    const pdu = encodeSubmit({
      ...submit,
      alphabet,
      text,
      ...(concat && { concat }),
      ...(national && { national }),
    });
    return { ...pdu, text };
  });
  return { alphabet, segments: encoded };
}
