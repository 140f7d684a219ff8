import { hexOfTwo } from '../octets.ts';
import { appendAddress, appendNumber, type DecodedAddress, parseNumber, readAddress } from './address.ts';
import type { Draft } from './draft.ts';
import { EncodeError } from './encode-error.ts';
import { type AddressInput, beginPdu, type EncodedPdu, finishPdu, type PduHead } from './encoded-pdu.ts';
import { octetField } from './octet-field.ts';
import type { PduReader } from './pdu-reader.ts';
import { type ProtocolMeaning, setProtocolMeaning } from './protocol-identifier.ts';
import { readUserData, type TextOptions, type UserData } from './user-data.ts';
import { type ContentFields, composeUserData } from './user-data-composition.ts';
import {
  formatOf,
  hexOfValidity,
  readValidity,
  type Validity,
  type ValidityFormat,
  type ValidityPeriod,
  validityFormats,
} from './validity-period.ts';

/** SMS-SUBMIT (TS 23.040, 9.2.2.2). */
export interface Submit extends DecodedAddress, UserData, ProtocolMeaning {
  readonly kind: 'submit';
  readonly firstOctet: number;
  readonly rejectDuplicates: boolean;
  /** TP-SRR: a status report is wanted. */
  readonly srr: boolean;
  readonly udhi: boolean;
  readonly replyPath: boolean;
  /** Message reference. */
  readonly mr: number;
  readonly pid: number;
  readonly dcs: number;
  readonly vpf: ValidityFormat;
  readonly vp?: ValidityPeriod;
}

/** Reads an SMS-SUBMIT from its first octet on. */
export function readSubmit(reader: PduReader, options: TextOptions): Submit {
  const firstOctet = reader.octet('firstOctet');
  const udhi = (firstOctet & 0x40) !== 0;
  const mr = reader.octet('mr');
  const { address, ton, npi, toa } = readAddress(reader);
  const pid = reader.octet('pid');
  const dcs = reader.octet('dcs');
  const vpf = validityFormats[(firstOctet >> 3) & 3] as ValidityFormat;
  const vp = vpf === 'none' ? undefined : readValidity(reader, vpf);
  const submit: Draft<Omit<Submit, keyof UserData>> = {
    kind: 'submit',
    firstOctet,
    rejectDuplicates: (firstOctet & 0x04) !== 0,
    srr: (firstOctet & 0x20) !== 0,
    udhi,
    replyPath: (firstOctet & 0x80) !== 0,
    mr,
    address,
    ton,
    npi,
    toa,
    pid,
    dcs,
    vpf,
  };
  if (vp !== undefined) submit.vp = vp;
  setProtocolMeaning(submit, pid);
  readUserData(submit, reader, dcs, udhi, options);
  return submit;
}

export interface SubmitFields extends ContentFields {
  readonly to: AddressInput;
  /** Left out or `null`: the service centre stored on the SIM. */
  readonly smsc?: AddressInput | null;
  readonly statusReport?: boolean;
  /** How long the service centre may try, rounded up to a step of the relative format. */
  readonly validityMinutes?: number;
  /** A validity in another format; many service centres refuse the enhanced one. */
  readonly validity?: Validity;
  readonly rejectDuplicates?: boolean;
  readonly replyPath?: boolean;
  readonly mr?: number;
  readonly pid?: number;
}

function firstOctetOf(fields: SubmitFields, validity: Validity | undefined, udhi: boolean): number {
  return (
    0x01 |
    (fields.rejectDuplicates ? 0x04 : 0) |
    (validity === undefined ? 0 : validityFormats.indexOf(formatOf(validity)) << 3) |
    (fields.statusReport ? 0x20 : 0) |
    (udhi ? 0x40 : 0) |
    (fields.replyPath ? 0x80 : 0)
  );
}

/** A SIM cannot send to a name. */
function appendRecipient(before: string, to: AddressInput): string {
  const asDialled = typeof to === 'string' ? appendNumber(before, to) : undefined;
  if (asDialled !== undefined) return asDialled;
  const address = typeof to === 'string' ? parseNumber(to) : to;
  if (address !== undefined) return appendAddress(before, address, 'to');
  throw new EncodeError(
    'to',
    `to must be a telephone number: digits, * # a b c, after an optional +; not ${to}`,
  );
}

/** All of an SMS-SUBMIT that comes before its user data. */
export function submitHead(fields: Omit<SubmitFields, 'alphabet'>, udhi: boolean, dcs: number): PduHead {
  const validity =
    fields.validityMinutes === undefined ? fields.validity : { minutes: fields.validityMinutes };
  const { hex: centre, smscOctets } = beginPdu(fields.smsc);
  let hex = centre + hexOfTwo(firstOctetOf(fields, validity, udhi), octetField('mr', fields.mr ?? 0));
  hex = appendRecipient(hex, fields.to);
  hex += hexOfTwo(octetField('pid', fields.pid ?? 0), dcs);
  if (validity !== undefined) hex += hexOfValidity(validity);
  return { hex, smscOctets };
}

/** Encodes one SMS-SUBMIT; `EncodeError` when a field cannot be, or the content does not fit in one. */
export function encodeSubmit(fields: SubmitFields): EncodedPdu {
  const { udhi, dcs, hex } = composeUserData(fields);
  return finishPdu(submitHead(fields, udhi, dcs), hex);
}
