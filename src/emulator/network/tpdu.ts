import {
  type DecodedPdu,
  decodePdu,
  type EncodedPdu,
  encodeDeliver,
  encodeStatusReport,
  encodeSubmit,
  type MessageClass,
  segmentText,
} from '../../gsm/pdu/index.ts';
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

/** Octets of the service centre part that a PDU begins with, its length octet included. */
function serviceCentreOctets(pdu: string): number {
  return 1 + Number.parseInt(pdu.slice(0, 2), 16);
}

/** Octets of the TPDU in a PDU with its service centre part; -1 when it is shorter than that part. */
export function tpduLength(pdu: string): number {
  return Math.max(pdu.length / 2 - serviceCentreOctets(pdu), -1);
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

const headerIndicator = 0x40;

/**
 * The DELIVER that a SUBMIT becomes (23.040 9.2.2.1): user data, header and coding go through untouched, whatever they
 * are, so an empty text is encoded and the user data put in its place.
 */
export function forwardedDeliver(text: OutgoingText, route: Route): Arrival {
  const { pid, dcs, udhi, alphabet, compressed } = text.fields;
  const { from, smsc, more } = route;
  const empty = alphabet === '8bit' || compressed ? { dataHex: '' } : { text: '' };
  const frame = encodeDeliver({
    from,
    smsc,
    scts: timeStamp(route.at),
    pid,
    dcs,
    moreMessages: more,
    ...empty,
  });
  const head = frame.pdu.slice(0, -2);
  const pdu = (udhi ? withFirstOctet(head, headerIndicator) : head) + lengthAndUserData(text);
  return { kind: 'deliver', pdu, length: tpduLength(pdu) };
}

/** TP-UDL and TP-UD in hexadecimal: the last octets of a PDU that is well formed. */
function lengthAndUserData({ pdu, fields }: OutgoingText): string {
  const packed = fields.alphabet === 'gsm7' && !fields.compressed;
  const octets = packed ? Math.ceil((7 * fields.udl) / 8) : fields.udl;
  return pdu.slice(-2 * (octets + 1));
}

/** Sets a bit of the TPDU's first octet. */
function withFirstOctet(pdu: string, bit: number): string {
  const at = 2 * serviceCentreOctets(pdu);
  const octet = Number.parseInt(pdu.slice(at, at + 2), 16) | bit;
  return pdu.slice(0, at) + octet.toString(16).toUpperCase().padStart(2, '0') + pdu.slice(at + 2);
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
  const { start, end } = addressPlace(pdu);
  const other = encodeSubmit({ to, text: '' }).pdu;
  const place = addressPlace(other);
  return pdu.slice(0, start) + other.slice(place.start, place.end) + pdu.slice(end);
}

/** Where TP-DA stands in the hexadecimal of a SUBMIT: behind the first octet and TP-MR; its length counts digits. */
function addressPlace(pdu: string): { start: number; end: number } {
  const start = 2 * (serviceCentreOctets(pdu) + 2);
  const digits = Number.parseInt(pdu.slice(start, start + 2), 16);
  return { start, end: start + 2 * (2 + Math.ceil(digits / 2)) };
}

function arrivalOf(kind: Arrival['kind'], { pdu, tpduLength: length }: EncodedPdu): Arrival {
  return { kind, pdu, length };
}
