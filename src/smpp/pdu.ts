import smpp from 'smpp';
import { commandStatus } from './command-status.ts';

/**
 * A PDU of which texts are octets and times are as they were written. The library would decode them by tables and a
 * clock of its own, which know neither IA5 apart from GSM 7-bit nor the clock of the gateway.
 */
class PlainPdu extends smpp.PDU {
  override _filter(): void {}
}

/** What can be told of a PDU whatever its body is. */
export interface PduHead {
  /** By its name in the specification; `unknown` where it has none there. */
  readonly command: string;
  readonly command_id: number;
  readonly command_status: number;
  readonly sequence_number: number;
}

/** A PDU that was read: its head, and each field and TLV by its name in the specification. */
export interface Pdu extends PduHead {
  isResponse(): boolean;
  readonly [field: string]: unknown;
}

type FieldTypes = Readonly<Record<string, { readonly type: { size(value: unknown): number } }>>;

/** Octets of the head: length, id, status and sequence number (SMPP 3.4, 3.2). */
export const headOctets = 16;
/** The most that is taken in one PDU: twice the longest text, as message_payload, with room to spare. */
export const longestPduOctets = 16_384;
const responseBit = 0x8000_0000;

/** The body of a PDU cannot be read to its end. Its head can, and so can the PDU after it. */
export class MalformedPdu extends Error {
  /** The command_status that says so. */
  readonly status: number;

  constructor(message: string, status: number = commandStatus.invalidCommandLength) {
    super(message);
    this.name = 'MalformedPdu';
    this.status = status;
  }
}

/** The head of a PDU (SMPP 3.4, 3.2). `frame` has at least its octets. */
export function readHead(frame: Buffer): PduHead {
  const id = frame.readUInt32BE(4);
  return {
    command: smpp.commandsById[id]?.command ?? 'unknown',
    command_id: id,
    command_status: frame.readUInt32BE(8),
    sequence_number: frame.readUInt32BE(12),
  };
}

/** Whether a PDU answers another (SMPP 3.4, 5.1.2). */
export function isResponse({ command_id: id }: PduHead): boolean {
  return id >= responseBit;
}

/** Reads one PDU. `frame` is as long as its command_length says. Throws a `MalformedPdu`. */
export function decodePdu(frame: Buffer): Pdu {
  let pdu: PlainPdu;
  try {
    pdu = new PlainPdu(frame);
  } catch (error) {
    throw new MalformedPdu(`it ends too early (${(error as Error).message})`);
  }
  const hasBody = pdu.command !== 'unknown' && (!pdu.isResponse() || frame.length > headOctets);
  if (hasBody) checkTlvs(frame, endOfFields(pdu, frame));
  return pdu;
}

/** The octets of a PDU, its fields by their names in the specification. */
export function encodePdu(command: string, fields: Readonly<Record<string, unknown>>): Buffer {
  return new PlainPdu(command, fields).toBuffer();
}

/** Where the mandatory fields end. All of them must be there, and a text as long as it says. */
function endOfFields(pdu: Pdu, frame: Buffer): number {
  let at = headOctets;
  const types: FieldTypes = smpp.commands[pdu.command]?.params ?? {};
  for (const [name, { type }] of Object.entries(types)) {
    const value = pdu[name];
    if (value === undefined) throw new MalformedPdu(`it ends before ${name}`);
    if (Buffer.isBuffer(value) && frame[at] !== value.length) {
      throw new MalformedPdu(`${name} is shorter than it says`, commandStatus.invalidMessageLength);
    }
    at += type.size(value);
  }
  return at;
}

/** The optional parameters (SMPP 3.4, 5.3.2) must fill what is left to the last octet. */
function checkTlvs(frame: Buffer, start: number): void {
  let at = start;
  while (at + 4 <= frame.length) at += 4 + frame.readUInt16BE(at + 2);
  if (at === frame.length) return;
  throw new MalformedPdu(
    'its optional parameters do not end where it ends',
    commandStatus.invalidOptionalParameters,
  );
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
