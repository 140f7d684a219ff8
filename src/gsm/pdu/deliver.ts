import { hexOfTwo, hexPair } from '../octets.ts';
import { appendAddress, type DecodedAddress, readAddress } from './address.ts';
import type { Draft } from './draft.ts';
import { type AddressInput, addressOf, beginPdu, type EncodedPdu, finishPdu } from './encoded-pdu.ts';
import { octetField } from './octet-field.ts';
import type { PduReader } from './pdu-reader.ts';
import { type ProtocolMeaning, setProtocolMeaning } from './protocol-identifier.ts';
import { hexOfTime, readTime, timeHex } from './time.ts';
import { readUserData, type TextOptions, type UserData } from './user-data.ts';
import { type ContentFields, composeUserData } from './user-data-composition.ts';

/** SMS-DELIVER (TS 23.040, 9.2.2.1). */
export interface Deliver extends DecodedAddress, UserData, ProtocolMeaning {
  readonly kind: 'deliver';
  readonly firstOctet: number;
  /** TP-MMS, turned round: whether more messages wait in the service centre. */
  readonly moreMessages: boolean;
  readonly loopPrevention: boolean;
  /** TP-SRI: the sender will get a report. */
  readonly sri: boolean;
  readonly udhi: boolean;
  readonly replyPath: boolean;
  readonly pid: number;
  readonly dcs: number;
  /** When the service centre took the message, local time there; `null` when the octets name no time. */
  readonly scts: string | null;
  /** The octets of the time when it is `null`. */
  readonly sctsHex?: string;
}

/** Reads an SMS-DELIVER from its first octet on. */
export function readDeliver(reader: PduReader, options: TextOptions): Deliver {
  const firstOctet = reader.octet('firstOctet');
  const udhi = (firstOctet & 0x40) !== 0;
  const { address, ton, npi, toa } = readAddress(reader);
  const pid = reader.octet('pid');
  const dcs = reader.octet('dcs');
  const sctsStart = reader.offset;
  const scts = readTime(reader, 'scts');
  const deliver: Draft<Omit<Deliver, keyof UserData>> = {
    kind: 'deliver',
    firstOctet,
    moreMessages: (firstOctet & 0x04) === 0,
    loopPrevention: (firstOctet & 0x08) !== 0,
    sri: (firstOctet & 0x20) !== 0,
    udhi,
    replyPath: (firstOctet & 0x80) !== 0,
    address,
    ton,
    npi,
    toa,
    pid,
    dcs,
    scts,
  };
  if (scts === null) deliver.sctsHex = timeHex(reader, sctsStart);
  setProtocolMeaning(deliver, pid);
  readUserData(deliver, reader, dcs, udhi, options);
  return deliver;
}

export interface DeliverFields extends ContentFields {
  /** A number, or the name of an alphanumeric sender. */
  readonly from: AddressInput;
  readonly smsc?: AddressInput | null;
  /** ISO 8601 with a zone; `null` writes zeros. */
  readonly scts: string | null;
  readonly moreMessages?: boolean;
  readonly loopPrevention?: boolean;
  readonly sri?: boolean;
  readonly replyPath?: boolean;
  readonly pid?: number;
}

/** Encodes one SMS-DELIVER, as a network sends it to a mobile. */
export function encodeDeliver(fields: DeliverFields): EncodedPdu {
  const userData = composeUserData(fields);
  const firstOctet =
    (fields.moreMessages ? 0 : 0x04) |
    (fields.loopPrevention ? 0x08 : 0) |
    (fields.sri ? 0x20 : 0) |
    (userData.udhi ? 0x40 : 0) |
    (fields.replyPath ? 0x80 : 0);
  const { hex: centre, smscOctets } = beginPdu(fields.smsc);
  let hex = appendAddress(centre + hexPair(firstOctet), addressOf(fields.from), 'from');
  hex += hexOfTwo(octetField('pid', fields.pid ?? 0), userData.dcs);
  hex += hexOfTime(fields.scts, 'scts');
  return finishPdu({ hex, smscOctets }, userData.hex);
}
