import { decodePdu, encodeSubmit, type Submit } from '../../gsm/pdu/index.ts';

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
  /** As it came over the AT line: the service centre's address and the TPDU, in upper-case hexadecimal. */
  readonly pdu: string;
  readonly fields: Submit;
}

/** Octets of the service centre part that a PDU begins with, its length octet included. */
export function serviceCentreOctets(pdu: string): number {
  return 1 + Number.parseInt(pdu.slice(0, 2), 16);
}

/** Octets of the TPDU in a PDU with its service centre part; -1 when it is shorter than that part. */
export function tpduLength(pdu: string): number {
  return Math.max(pdu.length / 2 - serviceCentreOctets(pdu), -1);
}

/** A SUBMIT as typed at the prompt; undefined when it is none, or not well formed. */
export function readSubmit(pdu: string): OutgoingText | undefined {
  const fields = decodeStrictly(pdu);
  if (!fields || fields.trailing > 0 || fields.address === '') return undefined;
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

function decodeStrictly(pdu: string) {
  try {
    const fields = decodePdu(pdu, { direction: 'MO', hasSmsc: true, mode: 'strict' });
    return fields.kind === 'submit' ? fields : undefined;
  } catch {
    return undefined;
  }
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
