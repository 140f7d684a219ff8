import { hexOfTwo, hexPair } from '../octets.ts';
import { appendAddress, type DecodedAddress, readAddress } from './address.ts';
import type { Draft } from './draft.ts';
import { type AddressInput, addressOf, beginPdu, type EncodedPdu, finishPdu } from './encoded-pdu.ts';
import { octetField } from './octet-field.ts';
import { indicatorOf, type OptionalPart, readAnnounced, readIndicator } from './optional-part.ts';
import type { PduReader } from './pdu-reader.ts';
import { hexOfTime, readTime, timeHex } from './time.ts';
import type { TextOptions } from './user-data.ts';
import { type ContentFields, composeUserData } from './user-data-composition.ts';

/** SMS-STATUS-REPORT (TS 23.040, 9.2.2.3). The address is the recipient's. */
export interface StatusReport extends DecodedAddress, OptionalPart {
  readonly kind: 'status-report';
  readonly firstOctet: number;
  readonly moreMessages: boolean;
  readonly loopPrevention: boolean;
  /** TP-SRQ: the report is about an SMS-COMMAND, not a SUBMIT. */
  readonly srq: boolean;
  readonly udhi: boolean;
  /** Message reference of the SUBMIT. */
  readonly mr: number;
  /** When the service centre took the SUBMIT. */
  readonly scts: string | null;
  /** TP-DT: delivery, or the last attempt. */
  readonly discharge: string | null;
  /** The octets of a time when it is `null`. */
  readonly sctsHex?: string;
  readonly dischargeHex?: string;
  /** TP-ST; see `interpretStatus`. */
  readonly status: number;
}

/** Reads an SMS-STATUS-REPORT from its first octet on; TP-PI and all after it may be missing. */
export function readStatusReport(reader: PduReader, options: TextOptions): StatusReport {
  const firstOctet = reader.octet('firstOctet');
  const udhi = (firstOctet & 0x40) !== 0;
  const mr = reader.octet('mr');
  const { address, ton, npi, toa } = readAddress(reader);
  const sctsStart = reader.offset;
  const scts = readTime(reader, 'scts');
  const dischargeStart = reader.offset;
  const discharge = readTime(reader, 'discharge');
  const status = reader.octet('status');
  const report: Draft<StatusReport> = {
    kind: 'status-report',
    firstOctet,
    moreMessages: (firstOctet & 0x04) === 0,
    loopPrevention: (firstOctet & 0x08) !== 0,
    srq: (firstOctet & 0x20) !== 0,
    udhi,
    mr,
    address,
    ton,
    npi,
    toa,
    scts,
    discharge,
    status,
    trailing: 0,
  };
  if (scts === null) report.sctsHex = timeHex(reader, sctsStart);
  if (discharge === null) report.dischargeHex = timeHex(reader, dischargeStart);
  if (reader.remaining > 0) readAnnounced(report, reader, readIndicator(reader), udhi, options);
  return report;
}

export interface StatusReportFields extends ContentFields {
  readonly recipient: AddressInput;
  readonly smsc?: AddressInput | null;
  readonly mr: number;
  /** ISO 8601 with a zone; `null` writes zeros. */
  readonly scts: string | null;
  readonly discharge: string | null;
  /** TP-ST. */
  readonly status: number;
  readonly moreMessages?: boolean;
  readonly loopPrevention?: boolean;
  readonly srq?: boolean;
  /** Written, with TP-PI, only when given; so is TP-DCS, and user data when there is any text or data. */
  readonly pid?: number;
  /** Write a TP-PI that announces nothing, as some service centres do. */
  readonly emptyIndicator?: boolean;
}

/** Encodes one SMS-STATUS-REPORT, as a network sends it to a mobile. */
export function encodeStatusReport(fields: StatusReportFields): EncodedPdu {
  const userData =
    fields.text === undefined && fields.dataHex === undefined ? undefined : composeUserData(fields);
  const dcs = userData?.dcs ?? fields.dcs;
  const indicator = indicatorOf({ pid: fields.pid, dcs, userData });
  const firstOctet =
    0x02 |
    (fields.moreMessages ? 0 : 0x04) |
    (fields.loopPrevention ? 0x08 : 0) |
    (fields.srq ? 0x20 : 0) |
    (userData?.udhi ? 0x40 : 0);
  const { hex: centre, smscOctets } = beginPdu(fields.smsc);
  let hex = centre + hexOfTwo(firstOctet, octetField('mr', fields.mr));
  hex = appendAddress(hex, addressOf(fields.recipient), 'recipient');
  hex += hexOfTime(fields.scts, 'scts') + hexOfTime(fields.discharge, 'discharge');
  hex += hexPair(octetField('status', fields.status));
  if (indicator !== 0 || fields.emptyIndicator) hex += hexPair(indicator);
  if (fields.pid !== undefined) hex += hexPair(octetField('pid', fields.pid));
  if (dcs !== undefined) hex += hexPair(octetField('dcs', dcs));
  return finishPdu({ hex, smscOctets }, userData?.hex ?? '');
}
