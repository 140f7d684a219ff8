import { type Address, parseAddress } from './address.ts';
import { hexOfSmsc } from './smsc.ts';

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

/** The SMSC part, to which the fields are to be appended. Without `smsc` the one stored on the SIM is meant. */
export function beginPdu(smsc: AddressInput | null | undefined): PduHead {
  if (smsc === undefined || smsc === null) return { hex: '00', smscOctets: 1 };
  const hex = hexOfSmsc(addressOf(smsc));
  return { hex, smscOctets: hex.length / 2 };
}

/** The whole PDU; `tailHex` is the user data with its length, if there is any. */
export function finishPdu(head: PduHead, tailHex: string): EncodedPdu {
  const pdu = head.hex + tailHex;
  return { pdu, tpduLength: pdu.length / 2 - head.smscOctets };
}
