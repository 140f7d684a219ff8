import {
  decodePdu,
  type EncodedPdu,
  encodeDeliver,
  encodeStatusReport,
  type MessageClass,
  segmentText,
} from '../../gsm/pdu/index.ts';
import { type OutgoingText, serviceCentreOctets, tpduLength } from './outgoing-text.ts';
import type { Submission } from './submissions.ts';
import type { Arrival } from './subscriber.ts';

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

function arrivalOf(kind: Arrival['kind'], { pdu, tpduLength: length }: EncodedPdu): Arrival {
  return { kind, pdu, length };
}
