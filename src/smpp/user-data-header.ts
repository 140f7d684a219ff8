import { commandStatus, SmppRefusal } from './command-status.ts';

/** Which part of a long text this is. */
export interface PartPlace {
  readonly reference: number;
  /** Size of the reference; references of different sizes, or by TLV, are never the same. */
  readonly kind: '8 bit' | '16 bit' | 'sar';
  readonly total: number;
  /** 1 to `total`. */
  readonly position: number;
}

const concat8 = 0x00;
const concat16 = 0x08;

/**
 * Parts a text from the user data header before it (TS 23.040, 9.2.3.24).
 *
 * @throws SmppRefusal for a header that is cut off, and for elements that would be lost: a SIM's text has none but
 *   concatenation here
 */
export function readHeader(octets: Buffer): { place: PartPlace | undefined; text: Buffer } {
  const end = (octets[0] ?? 0) + 1;
  if (octets.length === 0 || end > octets.length)
    throw refusal('the user data header is longer than the text');
  let place: PartPlace | undefined;
  for (let at = 1; at < end; at += 2 + (octets[at + 1] ?? 0)) {
    const id = octets[at];
    const data = octets.subarray(at + 2, at + 2 + (octets[at + 1] ?? 0));
    if (at + 2 + data.length > end || octets[at + 1] !== data.length) {
      throw refusal('an element of the user data header is cut off');
    }
    place = placeOf(id, data);
  }
  return { place, text: octets.subarray(end) };
}

function placeOf(id: number | undefined, data: Buffer): PartPlace {
  if (id === concat8 && data.length === 3) {
    return checked({
      reference: data.readUInt8(0),
      kind: '8 bit',
      total: data[1] ?? 0,
      position: data[2] ?? 0,
    });
  }
  if (id === concat16 && data.length === 4) {
    return checked({
      reference: data.readUInt16BE(0),
      kind: '16 bit',
      total: data[2] ?? 0,
      position: data[3] ?? 0,
    });
  }
  throw refusal(`element ${id} of the user data header is not taken: concatenation (0 and 8) is`);
}

/** @throws SmppRefusal for part 4 of 3 */
export function checked(place: PartPlace): PartPlace {
  if (place.position >= 1 && place.position <= place.total) return place;
  throw refusal(`there is no part ${place.position} of ${place.total}`);
}

function refusal(why: string): SmppRefusal {
  return new SmppRefusal(commandStatus.invalidEsmClass, why);
}

/** A header that says which part of a long text follows, with a reference of 8 bits. */
export function concatenationHeader(reference: number, total: number, position: number): Buffer {
  return Buffer.from([5, concat8, 3, reference & 0xff, total, position]);
}
