import { OctetWriter, octetsFromHex, packedLength } from '../../gsm/octets.ts';
import { parseAddress, writeAddress } from '../../gsm/pdu/address.ts';
import type { MessageClass } from '../../gsm/pdu/data-coding.ts';
import { encodeDeliver } from '../../gsm/pdu/deliver.ts';
import { type EncodedPdu, encodePdu } from '../../gsm/pdu/encoded-pdu.ts';
import { type DecodedPdu, decodePdu } from '../../gsm/pdu/index.ts';
import { segmentText } from '../../gsm/pdu/segment.ts';
import { encodeStatusReport } from '../../gsm/pdu/status-report.ts';
import { writeTime } from '../../gsm/pdu/time.ts';
import type { Submission } from './submissions.ts';
import type { Arrival } from './subscriber.ts';

/** A text on its way from a modem into the network. */
export interface OutgoingText {
  readonly to: string;
  /** What this segment says; undefined where it is not text. */
  readonly text: string | undefined;
  readonly concatenation:
    | { readonly reference: number; readonly total: number; readonly sequence: number }
    | undefined;
  readonly reportWanted: boolean;
  /** Whether it names a service centre of its own. */
  readonly hasServiceCentre: boolean;
  readonly validityMs: number | undefined;
  readonly pdu: string;
  readonly fields: SubmitFields;
}

type SubmitFields = Extract<DecodedPdu, { kind: 'submit' }>;

/** Octets of the TPDU in a PDU with its service centre part; -1 when it is shorter than that part. */
export function tpduLength(pdu: string): number {
  const serviceCentre = 1 + Number.parseInt(pdu.slice(0, 2), 16);
  return Math.max(pdu.length / 2 - serviceCentre, -1);
}

/** A SUBMIT as typed at the prompt; undefined when it is none, or not well formed. */
export function readSubmit(pdu: string): OutgoingText | undefined {
  const fields = decodeStrictly(pdu);
  if (fields?.kind !== 'submit' || fields.trailing > 0 || fields.address === '') return undefined;
  const { concat, vp } = fields;
  return {
    to: fields.address,
    text: fields.text,
    concatenation: concat && { reference: concat.ref, total: concat.total, sequence: concat.seq },
    reportWanted: fields.srr,
    hasServiceCentre: Boolean(fields.smsc),
    validityMs: vp && 'minutes' in vp ? vp.minutes * 60_000 : undefined,
    pdu,
    fields,
  };
}

function decodeStrictly(pdu: string): DecodedPdu | undefined {
  try {
    return decodePdu(pdu, { direction: 'MO', hasSmsc: true, mode: 'strict' });
  } catch {
    return undefined;
  }
}

/** The message class of an arriving text, undefined where it has none (23.038 clause 4). */
export function arrivalClass(pdu: string): number | undefined {
  const fields = decodePdu(pdu, { direction: 'MT', hasSmsc: true });
  return fields.kind === 'deliver' ? fields.messageClass : undefined;
}

/** A PDU made elsewhere, as an arrival. */
export function rawArrival(pdu: string): Arrival {
  const isReport = decodePdu(pdu, { direction: 'MT', hasSmsc: true }).kind === 'status-report';
  return { kind: isReport ? 'status-report' : 'deliver', pdu: pdu.toUpperCase(), length: tpduLength(pdu) };
}

/** No fraction: time stamps have whole seconds. */
const timeStamp = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;

interface Route {
  readonly from: string;
  readonly smsc: string;
  readonly at: number;
  readonly more: boolean;
}

/** TP-MMS says that nothing more is waiting (23.040 9.2.3.2). */
const nothingMore = 0x04;
const headerIndicator = 0x40;

/** The DELIVER that a SUBMIT becomes: user data, header and coding go through untouched (23.040 9.2.2.1). */
export function forwardedDeliver(submit: OutgoingText, route: Route): Arrival {
  const { fields } = submit;
  const encoded = encodePdu(route.smsc, (writer) => {
    writer.octet((fields.udhi ? headerIndicator : 0) | (route.more ? 0 : nothingMore));
    writeAddress(writer, parseAddress(route.from), 'from');
    writer.octet(fields.pid);
    writer.octet(fields.dcs);
    writeTime(writer, timeStamp(route.at), 'scts');
    writer.octetsOf(lengthAndUserData(submit));
  });
  return arrivalOf('deliver', encoded);
}

/** TP-UDL and TP-UD: the last octets of a PDU that is well formed. */
function lengthAndUserData({ pdu, fields }: OutgoingText): Uint8Array {
  const octets = octetsFromHex(pdu) ?? new Uint8Array();
  const packed = fields.alphabet === 'gsm7' && !fields.compressed;
  return octets.subarray(octets.length - 1 - (packed ? packedLength(fields.udl) : fields.udl));
}

interface OutsideText extends Omit<Route, 'more'> {
  readonly text: string;
  /** Concatenation reference, for a text of several parts. */
  readonly reference: number;
  readonly messageClass: MessageClass | undefined;
}

/** The DELIVERs of a text from outside, as many as it takes. */
export function textDelivers(outside: OutsideText): readonly Arrival[] {
  const { from, smsc, at, reference, messageClass } = outside;
  const { alphabet, segments } = segmentText(outside.text);
  const total = segments.length;
  return segments.map((text, index) => {
    const concat = total > 1 ? { concat: { ref: reference, total, seq: index + 1, bits: 8 as const } } : {};
    const coding = { alphabet, ...(messageClass !== undefined && { messageClass }) };
    return arrivalOf(
      'deliver',
      encodeDeliver({ from, smsc, scts: timeStamp(at), text, ...coding, ...concat }),
    );
  });
}

interface Discharge {
  readonly smsc: string;
  readonly dischargedAt: number;
  /** TP-ST. */
  readonly status: number;
  readonly more: boolean;
}

/** The STATUS-REPORT about a segment (23.040 9.2.2.3), with no optional part. */
export function statusReport(submission: Submission, discharge: Discharge): Arrival {
  const encoded = encodeStatusReport({
    recipient: submission.to,
    smsc: discharge.smsc,
    mr: submission.reference,
    scts: timeStamp(submission.at),
    discharge: timeStamp(discharge.dischargedAt),
    status: discharge.status,
    moreMessages: discharge.more,
  });
  return arrivalOf('status-report', encoded);
}

/** A stored SUBMIT for another recipient (27.005 3.5.2). */
export function readdressed(pdu: string, to: string): string {
  const serviceCentre = 1 + Number.parseInt(pdu.slice(0, 2), 16);
  const address = 2 * (serviceCentre + 2);
  const addressOctets = 2 + Math.ceil(Number.parseInt(pdu.slice(address, address + 2), 16) / 2);
  const writer = new OctetWriter();
  writeAddress(writer, parseAddress(to), 'address');
  return pdu.slice(0, address) + writer.hex() + pdu.slice(address + 2 * addressOctets);
}

function arrivalOf(kind: Arrival['kind'], { pdu, tpduLength: length }: EncodedPdu): Arrival {
  return { kind, pdu, length };
}
