import smpp from 'smpp';

/**
 * A PDU of which texts are octets and times are as they were written. The library would decode them by tables and a
 * clock of its own, which know neither IA5 apart from GSM 7-bit nor the clock of the gateway.
 */
class PlainPdu extends smpp.PDU {
  override _filter(): void {}
}

/** A PDU that was read: its head, and each field and TLV by its name in the specification. */
export interface Pdu {
  readonly command: string;
  readonly command_id: number;
  readonly command_status: number;
  readonly sequence_number: number;
  isResponse(): boolean;
  readonly [field: string]: unknown;
}

type FieldTypes = Readonly<Record<string, { readonly type: { size(value: unknown): number } }>>;

/** Octets of the head: length, id, status and sequence number (SMPP 3.4, 3.2). */
export const headOctets = 16;
/** The most that is taken in one PDU: twice the longest text, as message_payload, with room to spare. */
export const longestPduOctets = 16_384;

/** What came is no PDU, or none that can be read to its end: nothing after it can be trusted. */
export class MalformedPdu extends Error {
  /** Of the PDU where it is known, else 0. */
  readonly sequence: number;

  constructor(message: string, sequence = 0) {
    super(message);
    this.name = 'MalformedPdu';
    this.sequence = sequence;
  }
}

/** Reads one PDU. `frame` is as long as its command_length says. Throws a `MalformedPdu`. */
export function decodePdu(frame: Buffer): Pdu {
  const sequence = frame.readUInt32BE(12);
  let pdu: PlainPdu;
  try {
    pdu = new PlainPdu(frame);
  } catch (error) {
    throw new MalformedPdu(`it ends too early (${(error as Error).message})`, sequence);
  }
  const hasBody = pdu.command !== 'unknown' && (!pdu.isResponse() || frame.length > headOctets);
  if (hasBody) checkTlvs(frame, endOfFields(pdu, frame, sequence), sequence);
  return pdu;
}

/** The octets of a PDU, its fields by their names in the specification. */
export function encodePdu(command: string, fields: Readonly<Record<string, unknown>>): Buffer {
  return new PlainPdu(command, fields).toBuffer();
}

/** Where the mandatory fields end. All of them must be there, and a text as long as it says. */
function endOfFields(pdu: Pdu, frame: Buffer, sequence: number): number {
  let at = headOctets;
  const types: FieldTypes = smpp.commands[pdu.command]?.params ?? {};
  for (const [name, { type }] of Object.entries(types)) {
    const value = pdu[name];
    if (value === undefined) throw new MalformedPdu(`it ends before ${name}`, sequence);
    if (Buffer.isBuffer(value) && frame[at] !== value.length) {
      throw new MalformedPdu(`${name} is shorter than it says`, sequence);
    }
    at += type.size(value);
  }
  return at;
}

/** The optional parameters (SMPP 3.4, 5.3.2) must fill what is left to the last octet. */
function checkTlvs(frame: Buffer, start: number, sequence: number): void {
  let at = start;
  while (at + 4 <= frame.length) at += 4 + frame.readUInt16BE(at + 2);
  if (at !== frame.length) throw new MalformedPdu('its fields do not end where it ends', sequence);
}

/** A field of text; empty where it is not there. */
export function textField(pdu: Pdu, name: string): string {
  const value = pdu[name];
  return typeof value === 'string' ? value : '';
}

/** A field that is a number; undefined where it is not there. */
export function numberField(pdu: Pdu, name: string): number | undefined {
  const value = pdu[name];
  return typeof value === 'number' ? value : undefined;
}

/** A field of octets; undefined where it is not there. */
export function octetsField(pdu: Pdu, name: string): Buffer | undefined {
  const value = pdu[name];
  return Buffer.isBuffer(value) ? value : undefined;
}
