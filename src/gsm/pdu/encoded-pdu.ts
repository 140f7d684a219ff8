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

/** Writes the SMSC part, then the TPDU. Without `smsc` the one stored on the SIM is meant. */
export function encodePdu(
  smsc: AddressInput | null | undefined,
  writeTpdu: (writer: OctetWriter) => void,
): EncodedPdu {
  const writer = new OctetWriter();
  writeSmsc(writer, smsc === undefined || smsc === null ? null : addressOf(smsc));
  const smscOctets = writer.length;
  writeTpdu(writer);
  return { pdu: writer.hex(), tpduLength: writer.length - smscOctets };
}
