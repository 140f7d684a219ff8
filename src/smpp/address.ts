import { commandStatus, SmppRefusal } from './command-status.ts';
import { numberField, type Pdu, textField } from './pdu.ts';

/** An address as it stands in a PDU: type of number, numbering plan, digits (SMPP 3.4, 5.2.5 to 5.2.9). */
export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

const unknownTon = 0;
const internationalTon = 1;
const alphanumericTon = 5;
const isdnPlan = 1;

export function sourceOf(pdu: Pdu): SmppAddress {
  return addressOf(pdu, 'source_addr_ton', 'source_addr_npi', 'source_addr');
}

export function destinationOf(pdu: Pdu): SmppAddress {
  return addressOf(pdu, 'dest_addr_ton', 'dest_addr_npi', 'destination_addr');
}

function addressOf(pdu: Pdu, ton: string, npi: string, address: string): SmppAddress {
  return {
    ton: numberField(pdu, ton) ?? unknownTon,
    npi: numberField(pdu, npi) ?? unknownTon,
    address: textField(pdu, address).trim(),
  };
}

/** Which senders a gateway takes from its clients. */
export interface SenderRule {
  isOurs(number: string): boolean;
  /** Whether what is none of our numbers, or a name, stands for "any of them". */
  readonly anySender: boolean;
}

/**
 * The number that a text is to leave from, as E.164; undefined where the client leaves the choice to the gateway.
 *
 * @throws SmppRefusal for a name: a SIM cannot send under one
 */
export function senderNumber({ ton, address }: SmppAddress, rule: SenderRule): string | undefined {
  if (address === '') return undefined;
  const isNumber = ton !== alphanumericTon && /^(?:\+|00)?\d{1,18}$/.test(address);
  const number = isNumber ? international(address) : undefined;
  if (number !== undefined && rule.isOurs(number)) return number;
  if (rule.anySender) return undefined;
  throw new SmppRefusal(
    commandStatus.invalidSource,
    `source_addr "${address}" is none of this gateway's numbers; with --smpp-any-sender it would stand for any of them`,
  );
}

/**
 * Whom a text goes to: E.164, or a short code where the client does not call the number international.
 *
 * @throws SmppRefusal
 */
export function recipientNumber({ ton, address }: SmppAddress): string {
  const known = ton === unknownTon || ton === internationalTon || isShortCode(address);
  if (known && /^(?:\+|00)?\d{1,18}$/.test(address)) {
    return ton !== internationalTon && isShortCode(address) ? address : international(address);
  }
  throw new SmppRefusal(
    commandStatus.invalidDestination,
    `destination_addr "${address}" with type of number ${ton} is neither international nor a short code`,
  );
}

function isShortCode(address: string): boolean {
  return /^[1-9]\d{2,7}$/.test(address);
}

function international(address: string): string {
  return `+${address.replace(/^(?:\+|00)/, '')}`;
}

/** How a number of ours, or of somebody who wrote to us, stands in a PDU; null is an address that is not known. */
export function toAddress(number: string | null): SmppAddress {
  if (number === null) return { ton: unknownTon, npi: unknownTon, address: '' };
  if (/^\+\d+$/.test(number)) return { ton: internationalTon, npi: isdnPlan, address: number.slice(1) };
  if (/^\d+$/.test(number)) return { ton: unknownTon, npi: isdnPlan, address: number };
  const name = number.replace(/[^\x20-\x7e\xa0-\xff]/gu, '?').slice(0, 20); // octets are all there is: Latin-1
  return { ton: alphanumericTon, npi: unknownTon, address: name };
}
