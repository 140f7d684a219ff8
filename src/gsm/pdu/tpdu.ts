import { hexFromOctets } from '../octets.ts';
import { readCommand } from './command.ts';
import type { Direction, Kind, Reserved, Tpdu } from './decoded-pdu.ts';
import { readDeliver } from './deliver.ts';
import { PduReader } from './pdu-reader.ts';
import { readDeliverReport, readSubmitReport } from './report.ts';
import { readStatusReport } from './status-report.ts';
import { readSubmit } from './submit.ts';
import type { TextOptions } from './user-data.ts';

export interface TpduOptions extends TextOptions {
  /** Without it, as in a message store: type 0 is a DELIVER, 1 a SUBMIT, 2 a STATUS-REPORT. */
  readonly direction?: Direction;
}

/** TP-MTI, bits 1..0 of the first octet (TS 23.040, 9.2.3.1). */
const kinds: Readonly<Record<Direction | 'stored', readonly [Kind, Kind, Kind, Kind]>> = {
  MO: ['deliver-report', 'submit', 'command', 'reserved'],
  MT: ['deliver', 'submit-report', 'status-report', 'reserved'],
  stored: ['deliver', 'submit', 'status-report', 'reserved'],
};

/** A reserved type has no fields that could be told apart; strict mode refuses it. */
function readReserved(reader: PduReader): Reserved {
  const start = reader.offset;
  const firstOctet = reader.octet('firstOctet');
  reader.report('firstOctet', start, 'The type of the TPDU is reserved');
  const restStart = reader.offset;
  reader.skip('rest', reader.remaining);
  reader.mark('rest', restStart);
  return { kind: 'reserved', firstOctet, tpduHex: hexFromOctets(reader.octets, start) };
}

const readers: Readonly<Record<Kind, (reader: PduReader, options: TextOptions) => Tpdu>> = {
  deliver: readDeliver,
  submit: readSubmit,
  'status-report': readStatusReport,
  command: readCommand,
  'deliver-report': readDeliverReport,
  'submit-report': readSubmitReport,
  reserved: readReserved,
};

/** Whether the octets from `offset` on are a well-formed TPDU of that kind. */
function readsAs(octets: Uint8Array, offset: number, kind: Kind, options: TextOptions): boolean {
  const reader = new PduReader(octets, 'strict', []);
  reader.offset = offset;
  try {
    readers[kind](reader, options);
    return true;
  } catch {
    return false;
  }
}

/** The bits that a SUBMIT-REPORT leaves 0 and a SUBMIT uses. */
const submitBits = 0xbc;

/**
 * The kind of the TPDU at `offset`. A reserved type is to be taken for a DELIVER (TS 23.040, 9.2.3.1). A SUBMIT-REPORT
 * hardly ever reaches this side, but a SUBMIT kept in the message store is listed like any incoming PDU.
 */
function kindAt(octets: Uint8Array, offset: number, options: TpduOptions): Kind {
  const firstOctet = octets[offset] as number;
  const kind = kinds[options.direction ?? 'stored'][firstOctet & 3] as Kind;
  if (options.direction === 'MO') return kind;
  if (kind === 'reserved') return readsAs(octets, offset, 'deliver', options) ? 'deliver' : kind;
  if (kind !== 'submit-report') return kind;
  if (firstOctet & submitBits) return 'submit';
  const alternative = !readsAs(octets, offset, kind, options) && readsAs(octets, offset, 'submit', options);
  return alternative ? 'submit' : kind;
}

/** Whether the octets from `offset` on are a well-formed TPDU. */
export function isTpdu(octets: Uint8Array, offset: number, options: TpduOptions): boolean {
  return readsAs(octets, offset, kindAt(octets, offset, options), options);
}

/** Reads the TPDU that begins where the reader is, whatever its type. */
export function readTpdu(reader: PduReader, options: TpduOptions): Tpdu {
  return readers[kindAt(reader.octets, reader.offset, options)](reader, options);
}
