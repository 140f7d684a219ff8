import { OctetWriter } from '../octets.ts';
import { type Address, parseAddress } from './address.ts';
import { writeSmsc } from './smsc.ts';

/** A PDU as AT+CMGS takes it. */
export interface EncodedPdu {
  /** Upper-case hex, the SMSC part first. */
  readonly pdu: string;
  /** Octets without the SMSC part. */
  readonly tpduLength: number;
}

/** A number or name as `parseAddress` reads it, or with type and plan spelled out. */
export type AddressInput = string | Address;

export function addressOf(input: AddressInput): Address {
  return typeof input === 'string' ? parseAddress(input) : input;
}

/** The SMSC part and the fields that come before the user data. */
export interface PduHead {
  readonly hex: string;
  readonly smscOctets: number;
}

/** Writes the SMSC part, then what `writeFields` writes. Without `smsc` the one stored on the SIM is meant. */
export function encodeHead(
  smsc: AddressInput | null | undefined,
  writeFields: (writer: OctetWriter) => void,
): PduHead {
  const writer = new OctetWriter();
  writeSmsc(writer, smsc === undefined || smsc === null ? null : addressOf(smsc));
  const smscOctets = writer.length;
  writeFields(writer);
  return { hex: writer.hex(), smscOctets };
}

/** The whole PDU; `tailHex` is the user data with its length, if there is any. */
export function finishPdu(head: PduHead, tailHex: string): EncodedPdu {
  const pdu = head.hex + tailHex;
  return { pdu, tpduLength: pdu.length / 2 - head.smscOctets };
}
