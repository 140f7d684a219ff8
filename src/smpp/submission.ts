import type { SendRequest } from '../contract/message.ts';
import {
  destinationOf,
  recipientNumber,
  type SenderRule,
  type SmppAddress,
  senderNumber,
  sourceOf,
} from './address.ts';
import { commandStatus, SmppRefusal } from './command-status.ts';
import { numberField, octetsField, type Pdu, textField } from './pdu.ts';
import { readSmppTime } from './smpp-time.ts';
import { readDataCoding, type SmppAlphabet } from './text-coding.ts';
import { checked, type PartPlace, readHeader } from './user-data-header.ts';

/** The addresses of a submitted text as its client wrote them: receipts bear them the other way round. */
export interface SubmittedAddresses {
  readonly source: SmppAddress;
  readonly destination: SmppAddress;
}

/** What a submit_sm says of a text beside the text itself. */
export interface SubmissionFields {
  readonly fields: Omit<SendRequest, 'from' | 'body'> & { readonly from?: string };
  readonly alphabet: SmppAlphabet;
  /** registered_delivery. */
  readonly wanted: number;
  readonly addresses: SubmittedAddresses;
}

export interface Submission extends SubmissionFields {
  readonly octets: Buffer;
  /** Undefined for a text that is whole. */
  readonly place: PartPlace | undefined;
}

const udhIndicator = 0x40;
const messageTypeBits = 0x3c;
const highestPriority = 3;
/** The range of `priority` in the API is three times as wide. */
const priorityStep = 3;
const shortestValiditySeconds = 300;
const longestValiditySeconds = 604_800;

/**
 * Reads a submit_sm (SMPP 3.4, 4.4.1).
 *
 * @param now milliseconds since 1970
 * @throws SmppRefusal with the status that names the field
 */
export function readSubmission(pdu: Pdu, now: number, senders: SenderRule): Submission {
  const source = sourceOf(pdu);
  const destination = destinationOf(pdu);
  const esmClass = numberField(pdu, 'esm_class') ?? 0;
  refuseUnknown(pdu, esmClass);
  const { alphabet, flash } = readDataCoding(numberField(pdu, 'data_coding') ?? 0);
  const { octets, place } = readText(pdu, (esmClass & udhIndicator) !== 0);
  const from = senderNumber(source, senders);
  const priority = (numberField(pdu, 'priority_flag') ?? 0) * priorityStep;
  return {
    fields: {
      ...(from === undefined ? {} : { from }),
      to: recipientNumber(destination),
      ...readTimes(pdu, now),
      ...(priority > 0 ? { priority } : {}),
      ...(flash ? { flash } : {}),
    },
    alphabet,
    wanted: numberField(pdu, 'registered_delivery') ?? 0,
    addresses: { source, destination },
    octets,
    place,
  };
}

function refuseUnknown(pdu: Pdu, esmClass: number): void {
  if ((esmClass & messageTypeBits) !== 0) {
    throw new SmppRefusal(commandStatus.invalidEsmClass, `esm_class ${esmClass} is no plain text`);
  }
  if ((numberField(pdu, 'priority_flag') ?? 0) > highestPriority) {
    throw new SmppRefusal(commandStatus.invalidPriority, 'priority_flag is above 3');
  }
  if (numberField(pdu, 'replace_if_present_flag') === 1) {
    throw new SmppRefusal(commandStatus.invalidReplaceFlag, 'a text that waits is not replaced');
  }
  if (numberField(pdu, 'sm_default_msg_id')) {
    throw new SmppRefusal(commandStatus.invalidDefaultMessage, 'there are no canned texts');
  }
}

/** The text lies in short_message or in message_payload, never in both (5.3.2.32). */
function readText(pdu: Pdu, hasHeader: boolean): Pick<Submission, 'octets' | 'place'> {
  const short = octetsField(pdu, 'short_message');
  const payload = octetsField(pdu, 'message_payload');
  if (payload && short && short.length > 0) {
    throw new SmppRefusal(
      commandStatus.invalidMessageLength,
      'short_message and message_payload are both given',
    );
  }
  const octets = payload ?? short ?? Buffer.alloc(0);
  if (!hasHeader) return { octets, place: whenSeveral(sarPlace(pdu)) };
  const { place, text } = readHeader(octets);
  return { octets: text, place: whenSeveral(place ?? sarPlace(pdu)) };
}

function whenSeveral(place: PartPlace | undefined): PartPlace | undefined {
  return place && place.total > 1 ? place : undefined;
}

/** The TLVs that number the parts (5.3.2.22 to 24): all three or none. */
function sarPlace(pdu: Pdu): PartPlace | undefined {
  const reference = numberField(pdu, 'sar_msg_ref_num');
  const total = numberField(pdu, 'sar_total_segments');
  const position = numberField(pdu, 'sar_segment_seqnum');
  if (reference === undefined && total === undefined && position === undefined) return undefined;
  if (reference === undefined || total === undefined || position === undefined) {
    throw new SmppRefusal(commandStatus.invalidTlv, 'of the three sar_ parameters some are missing');
  }
  return checked({ reference, kind: 'sar', total, position });
}

function readTimes(pdu: Pdu, now: number): Pick<SendRequest, 'scheduled_at' | 'validity_seconds'> {
  const scheduled = textField(pdu, 'schedule_delivery_time');
  const validity = textField(pdu, 'validity_period');
  const dueAt = scheduled === '' ? undefined : readSmppTime(scheduled, now);
  if (scheduled !== '' && dueAt === undefined) {
    throw new SmppRefusal(commandStatus.invalidSchedule, `schedule_delivery_time "${scheduled}" is no time`);
  }
  return {
    ...(dueAt === undefined ? {} : { scheduled_at: new Date(dueAt).toISOString() }),
    ...(validity === '' ? {} : { validity_seconds: validitySeconds(validity, now, dueAt ?? now) }),
  };
}

/** What is longer than can be kept is cut; what is shorter is refused, for it would leave later than it is wanted. */
function validitySeconds(text: string, now: number, dueAt: number): number {
  const endsAt = readSmppTime(text, now);
  const seconds = endsAt === undefined ? 0 : Math.ceil((endsAt - Math.max(now, dueAt)) / 1_000);
  if (seconds >= shortestValiditySeconds) return Math.min(seconds, longestValiditySeconds);
  throw new SmppRefusal(
    commandStatus.invalidExpiry,
    `validity_period "${text}" is no time, or less than ${shortestValiditySeconds} seconds after the text is due`,
  );
}
