import { type OptionalPart, readAnnounced, readIndicator } from './optional-part.ts';
import type { PduReader } from './pdu-reader.ts';
import { readTime } from './time.ts';
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
}

/**
 * Whether TP-FCS stands where TP-PI may stand as well. Only the layer below tells a negative report from a positive
 * one; here the bits of TP-PI that are reserved do: causes have bit 7 set, and those some equipment sends below 80
 * are taken for causes as long as TP-PI has no such bits.
 */
function hasCause(octet: number): boolean {
  return (octet & 0xf8) !== 0;
}

function readHead(reader: PduReader): { firstOctet: number; udhi: boolean; fcs?: number } {
  const firstOctet = reader.octet('firstOctet');
  const udhi = (firstOctet & 0x40) !== 0;
  if (reader.remaining > 0 && !hasCause(reader.octets[reader.offset] as number)) return { firstOctet, udhi };
  return { firstOctet, udhi, fcs: reader.octet('fcs') };
}

export function readDeliverReport(reader: PduReader, options: TextOptions): DeliverReport {
  const head = readHead(reader);
  return {
    kind: 'deliver-report',
    ...head,
    ...readAnnounced(reader, readIndicator(reader), head.udhi, options),
  };
}

export function readSubmitReport(reader: PduReader, options: TextOptions): SubmitReport {
  const head = readHead(reader);
  const pi = readIndicator(reader);
  const scts = readTime(reader, 'scts');
  return { kind: 'submit-report', ...head, scts, ...readAnnounced(reader, pi, head.udhi, options) };
}
