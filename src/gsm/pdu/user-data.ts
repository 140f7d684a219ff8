import { hexFromOctets, packedLength, unpackSeptets } from '../octets.ts';
import {
  type Alphabet,
  type DataCoding,
  dataCoding,
  type MessageClass,
  type MessageWaiting,
} from './data-coding.ts';
import { gsm7Tables, textOfSeptets } from './gsm7.ts';
import type { PduReader } from './pdu-reader.ts';
import { textOfUcs2 } from './ucs2.ts';
import { readUserDataHeader, type UserDataHeader } from './user-data-header.ts';

/** TP-UD with what TP-DCS and the header say about it. */
export interface UserData extends Partial<UserDataHeader> {
  /** TP-UDL as sent: septets with the header in GSM 7-bit, else octets. */
  readonly udl: number;
  readonly alphabet: Alphabet;
  readonly compressed?: true;
  readonly autoDelete?: true;
  readonly messageClass?: MessageClass;
  readonly mwi?: MessageWaiting;
  /** Octets after the user data. */
  readonly trailing: number;
  /** Of `gsm7` and `ucs2`. */
  readonly text?: string;
  /** Of `8bit` and of compressed text, without the header. */
  readonly dataHex?: string;
  /** On request, of `gsm7`: the septets of the text, an octet each. */
  readonly septetsHex?: string;
  /** On request, of `ucs2`: the octets of the text. */
  readonly ucs2Hex?: string;
}

export interface TextOptions {
  /** National languages to read with, whatever the header says. */
  readonly overrideLocking?: number;
  readonly overrideSingle?: number;
  /** Also give the text as it came, before any alphabet. */
  readonly units?: boolean;
}

/** Longest TP-UD (TS 23.040, 9.2.3.24). */
export const maxUserDataOctets = 140;

type Content = Pick<UserData, 'text' | 'dataHex' | 'septetsHex' | 'ucs2Hex'>;

interface Place {
  readonly start: number;
  /** Octets that are there, the header included. */
  readonly available: number;
  readonly headerOctets: number;
  readonly udl: number;
}

function readSeptets(
  reader: PduReader,
  place: Place,
  header: Partial<UserDataHeader>,
  options: TextOptions,
): Content {
  const { start, headerOctets } = place;
  const headerBits = 8 * headerOctets;
  const headerSeptets = Math.ceil(headerBits / 7);
  const present = Math.min(place.udl, Math.floor((8 * place.available) / 7));
  if (headerSeptets > place.udl) {
    reader.report(
      'udl',
      start - 1,
      `The user data header fills ${headerSeptets} septets, but TP-UDL is ${place.udl}`,
    );
  }
  const count = Math.max(0, present - headerSeptets);
  const fillBits = 7 * headerSeptets - headerBits;
  if (count > 0) reader.markLowBits('fill', start + headerOctets, fillBits);
  const septets = unpackSeptets(reader.octets, start + headerOctets, count, fillBits);
  const tables = gsm7Tables(
    options.overrideLocking ?? header.national?.locking ?? 0,
    options.overrideSingle ?? header.national?.single ?? 0,
  );
  const text = textOfSeptets(septets, tables);
  return options.units ? { text, septetsHex: hexFromOctets(septets) } : { text };
}

function readContent(
  reader: PduReader,
  coding: DataCoding,
  place: Place,
  header: Partial<UserDataHeader>,
  options: TextOptions,
): Content {
  if (coding.alphabet === 'gsm7' && !coding.compressed) return readSeptets(reader, place, header, options);
  const octets = reader.octets.subarray(place.start + place.headerOctets, place.start + place.available);
  if (coding.alphabet === '8bit' || coding.compressed) return { dataHex: hexFromOctets(octets) };
  if (octets.length % 2 === 1) {
    reader.note('ud', place.start, 'The UCS-2 text has an odd number of octets; the last is dropped');
  }
  const text = textOfUcs2(octets);
  return options.units ? { text, ucs2Hex: hexFromOctets(octets) } : { text };
}

/** Reads TP-UDL and TP-UD (TS 23.040, 9.2.3.16 and 9.2.3.24). */
export function readUserData(reader: PduReader, dcs: number, udhi: boolean, options: TextOptions): UserData {
  const coding = dataCoding(dcs);
  const udlOffset = reader.offset;
  const udl = reader.octet('udl');
  const claimed = coding.alphabet === 'gsm7' && !coding.compressed ? packedLength(udl) : udl;
  if (claimed > maxUserDataOctets) {
    reader.report(
      'udl',
      udlOffset,
      `TP-UDL ${udl} is ${claimed} octets; at most ${maxUserDataOctets} are possible`,
    );
  }
  const start = reader.offset;
  const available = reader.skip('ud', claimed);
  const { headerOctets = 0, ...header } = udhi ? readUserDataHeader(reader, start, start + available) : {};
  const content = readContent(reader, coding, { start, available, headerOctets, udl }, header, options);
  reader.mark('ud', start + headerOctets, start + available);
  return {
    udl,
    alphabet: coding.alphabet,
    ...(coding.compressed && { compressed: true }),
    ...(coding.autoDelete && { autoDelete: true }),
    ...(coding.class !== null && { messageClass: coding.class }),
    ...(coding.mwi && { mwi: coding.mwi }),
    trailing: reader.remaining,
    ...header,
    ...content,
  };
}
