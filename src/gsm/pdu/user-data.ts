import { hexFromOctets, packedLength, unpackSeptets } from '../octets.ts';
import {
  type Alphabet,
  type DataCoding,
  dataCoding,
  type MessageClass,
  type MessageWaiting,
} from './data-coding.ts';
import type { Draft } from './draft.ts';
import { unpackText } from './gsm7.ts';
import { gsm7Tables } from './gsm7-tables.ts';
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

/** Where the user data lies: `end` is where it ends or the PDU does. */
interface Place {
  readonly start: number;
  readonly textStart: number;
  readonly end: number;
}

function readSeptets(
  reader: PduReader,
  { start, textStart, end }: Place,
  userData: Draft<UserData>,
  options: TextOptions,
): void {
  const headerBits = 8 * (textStart - start);
  const headerSeptets = Math.ceil(headerBits / 7);
  if (headerSeptets > userData.udl) {
    reader.report(
      'udl',
      start - 1,
      `The user data header fills ${headerSeptets} septets, but TP-UDL is ${userData.udl}`,
    );
  }
  const present = Math.min(userData.udl, Math.floor((8 * (end - start)) / 7));
  const count = Math.max(0, present - headerSeptets);
  const fillBits = 7 * headerSeptets - headerBits;
  if (count > 0) reader.markLowBits('fill', textStart, fillBits);
  const { locking = 0, single = 0 } = userData.national ?? {};
  const tables = gsm7Tables(options.overrideLocking ?? locking, options.overrideSingle ?? single);
  userData.text = unpackText(reader.octets, textStart, count, fillBits, tables);
  if (options.units)
    userData.septetsHex = hexFromOctets(unpackSeptets(reader.octets, textStart, count, fillBits));
}

function readUcs2(
  reader: PduReader,
  { textStart, end }: Place,
  userData: Draft<UserData>,
  options: TextOptions,
): void {
  if ((end - textStart) % 2 === 1) {
    reader.note('ud', textStart, 'The UCS-2 text has an odd number of octets; the last is dropped');
  }
  userData.text = textOfUcs2(reader.octets, textStart, end);
  if (options.units) userData.ucs2Hex = hexFromOctets(reader.octets, textStart, end);
}

function setCoding(userData: Draft<UserData>, coding: DataCoding): void {
  if (coding.compressed) userData.compressed = true;
  if (coding.autoDelete) userData.autoDelete = true;
  if (coding.class !== null) userData.messageClass = coding.class;
  if (coding.mwi) userData.mwi = coding.mwi;
}

/** Reads TP-UDL and TP-UD (TS 23.040, 9.2.3.16 and 9.2.3.24) into a TPDU under construction. */
export function readUserData<T extends object>(
  tpdu: T,
  reader: PduReader,
  dcs: number,
  udhi: boolean,
  options: TextOptions,
): asserts tpdu is T & UserData {
  const userData = tpdu as Draft<UserData>;
  const coding = dataCoding(dcs);
  const inSeptets = coding.alphabet === 'gsm7' && !coding.compressed;
  const udlOffset = reader.offset;
  const udl = reader.octet('udl');
  const claimed = inSeptets ? packedLength(udl) : udl;
  if (claimed > maxUserDataOctets) {
    reader.report(
      'udl',
      udlOffset,
      `TP-UDL ${udl} is ${claimed} octets; at most ${maxUserDataOctets} are possible`,
    );
  }
  const start = reader.offset;
  const end = start + reader.skip('ud', claimed);
  userData.udl = udl;
  userData.alphabet = coding.alphabet;
  setCoding(userData, coding);
  userData.trailing = reader.remaining;
  const place = { start, textStart: udhi ? readUserDataHeader(userData, reader, start, end) : start, end };
  if (inSeptets) readSeptets(reader, place, userData, options);
  else if (coding.alphabet === 'ucs2' && !coding.compressed) readUcs2(reader, place, userData, options);
  else userData.dataHex = hexFromOctets(reader.octets, place.textStart, end);
  reader.mark('ud', place.textStart, end);
}
