import type { Draft } from './draft.ts';
import { type OptionalPart, readAnnounced, readIndicator } from './optional-part.ts';
import type { PduReader } from './pdu-reader.ts';
import { readTime, timeHex } from './time.ts';
import type { TextOptions } from './user-data.ts';

interface Report extends OptionalPart {
  readonly firstOctet: number;
  readonly udhi: boolean;
  /** TP-FCS, the cause of a failure; a positive report has none. */
  readonly fcs?: number;
}

/** SMS-DELIVER-REPORT (TS 23.040, 9.2.2.1a). */
export interface DeliverReport extends Report {
  readonly kind: 'deliver-report';
}

/** SMS-SUBMIT-REPORT (TS 23.040, 9.2.2.2a). */
export interface SubmitReport extends Report {
  readonly kind: 'submit-report';
  readonly scts: string | null;
  /** The octets of the time when it is `null`. */
  readonly sctsHex?: string;
}

/**
 * Whether TP-FCS stands where TP-PI may stand as well. Only the layer below tells a negative report from a positive
 * one; here the bits of TP-PI that are reserved do: causes have bit 7 set, and those some equipment sends below 80
 * are taken for causes as long as TP-PI has no such bits.
 */
function hasCause(octet: number): boolean {
  return (octet & 0xf8) !== 0;
}

/** TP-FCS where there is one. */
function readCause(reader: PduReader): number | undefined {
  const positive = reader.remaining > 0 && !hasCause(reader.octets[reader.offset] as number);
  return positive ? undefined : reader.octet('fcs');
}

/** Reads an SMS-DELIVER-REPORT from its first octet on. */
export function readDeliverReport(reader: PduReader, options: TextOptions): DeliverReport {
  const firstOctet = reader.octet('firstOctet');
  const udhi = (firstOctet & 0x40) !== 0;
  const fcs = readCause(reader);
  const report: Draft<DeliverReport> = { kind: 'deliver-report', firstOctet, udhi, trailing: 0 };
  if (fcs !== undefined) report.fcs = fcs;
  readAnnounced(report, reader, readIndicator(reader), udhi, options);
  return report;
}

/** Reads an SMS-SUBMIT-REPORT from its first octet on. */
export function readSubmitReport(reader: PduReader, options: TextOptions): SubmitReport {
  const firstOctet = reader.octet('firstOctet');
  const udhi = (firstOctet & 0x40) !== 0;
  const fcs = readCause(reader);
  const pi = readIndicator(reader);
  const sctsStart = reader.offset;
  const scts = readTime(reader, 'scts');
  const report: Draft<SubmitReport> = { kind: 'submit-report', firstOctet, udhi, scts, trailing: 0 };
  if (fcs !== undefined) report.fcs = fcs;
  if (scts === null) report.sctsHex = timeHex(reader, sctsStart);
  readAnnounced(report, reader, pi, udhi, options);
  return report;
}
