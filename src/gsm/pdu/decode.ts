import { hexDigits, octetsFromHex, readHex } from '../octets.ts';
import { DecodeError, type Problem } from './decode-error.ts';
import type { DecodedPdu, Envelope, Tpdu } from './decoded-pdu.ts';
import type { Draft } from './draft.ts';
import { explain } from './explain.ts';
import { type Mode, PduReader } from './pdu-reader.ts';
import { readSmsc } from './smsc.ts';
import { isTpdu, readTpdu, type TpduOptions } from './tpdu.ts';

export interface DecodeOptions extends TpduOptions {
  /** `lenient` gives what can be read and lists the rest in `problems`; `strict` refuses. */
  readonly mode?: Mode;
  /** Whether the PDU begins with the SMSC part; where not given it is told by the length or by trying. */
  readonly hasSmsc?: boolean;
  /** The length that came with the PDU: octets without the SMSC part. */
  readonly tpduLength?: number;
  /** Also tell which octets and bits are which field, with their values in words. */
  readonly spans?: boolean;
}

/** Octets of the SMSC part by its own length octet. */
function smscOctets(octets: Uint8Array): number {
  return 1 + (octets[0] as number);
}

/** Whether the PDU begins with an SMSC part: by the length that came with it, else by which way it reads. */
function beginsWithSmsc(octets: Uint8Array, options: DecodeOptions): boolean {
  const start = smscOctets(octets);
  if (options.tpduLength !== undefined && options.tpduLength + start === octets.length) return true;
  if (start >= octets.length) return false;
  // Of a PDU that is as long as announced there is no SMSC part, or it was counted too, as some modems do.
  const isAsLong = options.tpduLength === octets.length;
  if (isAsLong && isTpdu(octets, 0, options)) return false;
  return isTpdu(octets, start, options) || !(isAsLong || isTpdu(octets, 0, options));
}

/**
 * Where the octets of a PDU in hex are put, one place for all of them: nothing that decoding returns refers to it, and
 * a new array for each would be the dearest step of all.
 */
const scratch = new Uint8Array(512);

/** The octets of hex, valid until the next PDU is decoded. */
function octetsOf(hex: string): Uint8Array | undefined {
  if (hex.length > 2 * scratch.length) return octetsFromHex(hex);
  return readHex(hex, scratch) ? scratch.subarray(0, hex.length / 2) : undefined;
}

/** The octets of hex that is not whole octets of hex: what comes before the fault, in lenient mode. */
function readBrokenHex(hex: string, mode: Mode, problems: Problem[]): Uint8Array {
  const digits = hexDigits(hex);
  const whole = digits >> 1;
  const message =
    digits < hex.length
      ? `The PDU has a character that is not hex: ${hex.charAt(digits)}`
      : 'The PDU has an odd number of hex digits';
  if (mode === 'strict' || whole === 0) throw new DecodeError('pdu', whole, message);
  problems.push({ field: 'pdu', offset: whole, message });
  return octetsFromHex(hex.slice(0, 2 * whole)) as Uint8Array;
}

function checkLength(reader: PduReader, announced: number | undefined): void {
  if (announced === undefined || announced === reader.remaining) return;
  const message = `The PDU has ${reader.remaining} octets after the SMSC part, not ${announced} as announced`;
  reader.report('tpduLength', reader.offset, message);
}

/**
 * Decodes one PDU, hex or octets. Throws nothing but `DecodeError`; in lenient mode only when there is nothing to read
 * at all.
 */
export function decodePdu(pdu: string | Uint8Array, options: DecodeOptions): DecodedPdu {
  const mode = options.mode ?? 'lenient';
  const problems: Problem[] = [];
  const octets = typeof pdu === 'string' ? (octetsOf(pdu) ?? readBrokenHex(pdu, mode, problems)) : pdu;
  if (octets.length === 0) throw new DecodeError('pdu', 0, 'The PDU is empty');
  const reader = new PduReader(octets, mode, problems, options.spans ? [] : undefined);
  const centre = (options.hasSmsc ?? beginsWithSmsc(octets, options)) ? readSmsc(reader) : undefined;
  checkLength(reader, options.tpduLength);
  const tpduLength = reader.remaining;
  if (tpduLength === 0)
    throw new DecodeError('firstOctet', reader.offset, 'The PDU ends after the SMSC part');
  const decoded = readTpdu(reader, options) as Tpdu & Draft<Envelope>;
  decoded.tpduLength = tpduLength;
  decoded.problems = problems;
  if (centre !== undefined) {
    decoded.smsc = centre.smsc;
    if (centre.smscToa !== undefined) decoded.smscToa = centre.smscToa;
  }
  if (reader.marks === undefined) return decoded;
  reader.mark('trailing', reader.offset, octets.length);
  decoded.spans = explain(decoded, octets, reader.marks);
  return decoded;
}
