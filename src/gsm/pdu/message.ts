import { dcsOf } from './data-coding.ts';
import type { Draft } from './draft.ts';
import { type EncodedPdu, finishPdu, type PduHead } from './encoded-pdu.ts';
import { layOutWithinLimit, type SegmentOptions } from './layout.ts';
import { nationalOf } from './segment.ts';
import { type SubmitFields, submitHead } from './submit.ts';
import { type ContentFields, composeUserData } from './user-data-composition.ts';

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
  const { tables, segments } = layOutWithinLimit(fields.text, fields);
  const alphabet = tables === undefined ? 'ucs2' : 'gsm7';
  const dcs = dcsOf(alphabet, fields.flash ? 0 : fields.messageClass);
  const content: Draft<ContentFields> = { dcs };
  const national = nationalOf(tables);
  if (national) content.national = national;
  if (fields.ports) content.ports = fields.ports;
  const total = segments.length;
  let head: PduHead | undefined;
  const encoded = segments.map((text, index) => {
    content.text = text;
    if (total > 1) content.concat = { ref: fields.ref, total, seq: index + 1, bits: fields.refBits ?? 8 };
    const userData = composeUserData(content);
    head ??= submitHead(fields, userData);
    const { pdu, tpduLength } = finishPdu(head, userData.hex);
    return { pdu, tpduLength, text };
  });
  return { alphabet, segments: encoded };
}
