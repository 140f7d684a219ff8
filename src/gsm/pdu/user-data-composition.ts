import { hexFromOctets, hexPair, octetsFromHex } from '../octets.ts';
import { type Alphabet, dataCoding, dcsOf, type MessageClass } from './data-coding.ts';
import { EncodeError } from './encode-error.ts';
import { packText, septetsOfText } from './gsm7.ts';
import { defaultTables, type Gsm7Tables, gsm7Tables } from './gsm7-tables.ts';
import { composeHeader, type HeaderFields } from './header-composition.ts';
import { octetField } from './octet-field.ts';
import { ucs2HexOfText } from './ucs2.ts';
import { maxUserDataOctets } from './user-data.ts';

/** The content of a message: text, or octets in hex. */
export interface ContentFields extends HeaderFields {
  readonly text?: string;
  /** Octets as 8-bit data, or already in the alphabet that `dcs` names. */
  readonly dataHex?: string;
  /** Left out: GSM 7-bit if it can hold the text, else UCS-2. */
  readonly alphabet?: Alphabet;
  /** Class 0: shown at once, not stored. */
  readonly flash?: boolean;
  readonly messageClass?: MessageClass;
  /** The whole TP-DCS octet; `alphabet`, `flash` and `messageClass` then count for nothing. */
  readonly dcs?: number;
}

/** TP-UDHI, TP-DCS and the octets of TP-UDL and TP-UD. */
export interface ComposedUserData {
  readonly udhi: boolean;
  readonly dcs: number;
  readonly hex: string;
}

/** TP-UDL and the user data without its header. */
interface Body {
  readonly udl: number;
  readonly hex: string;
}

function tablesOf({ national }: ContentFields): Gsm7Tables {
  return national ? gsm7Tables(national.locking, national.single) : defaultTables;
}

/** The alphabet that the content asks for when none is given. */
function impliedAlphabet(fields: ContentFields): Alphabet {
  if (fields.dataHex !== undefined) return '8bit';
  return septetsOfText(fields.text ?? '', tablesOf(fields)) ? 'gsm7' : 'ucs2';
}

function codingOctet(fields: ContentFields): number {
  if (fields.dcs !== undefined) return octetField('dcs', fields.dcs);
  return dcsOf(fields.alphabet ?? impliedAlphabet(fields), fields.flash ? 0 : fields.messageClass);
}

/** Text begins on a septet boundary, fill bits after the header (TS 23.040, 9.2.3.24). */
function composeSeptets(fields: ContentFields, headerOctets: number): Body {
  const headerSeptets = Math.ceil((8 * headerOctets) / 7);
  const packed = packText(fields.text ?? '', tablesOf(fields), 7 * headerSeptets - 8 * headerOctets);
  if (packed !== undefined) return { udl: headerSeptets + packed.count, hex: packed.hex };
  throw new EncodeError('text', 'The text has characters that are not in the GSM 7-bit alphabet');
}

function composeUcs2(text: string, headerOctets: number): Body {
  return { udl: headerOctets + 2 * text.length, hex: ucs2HexOfText(text) };
}

function composeData(dataHex: string, headerOctets: number): Body {
  const data = octetsFromHex(dataHex);
  if (data === undefined) throw new EncodeError('dataHex', 'dataHex must be whole octets of hex');
  return { udl: headerOctets + data.length, hex: hexFromOctets(data) };
}

function composeBody(fields: ContentFields, dcs: number, headerOctets: number): Body {
  const { alphabet, compressed } = dataCoding(dcs);
  const inSeptets = alphabet === 'gsm7' && !compressed;
  if (fields.dataHex !== undefined) {
    if (!inSeptets) return composeData(fields.dataHex, headerOctets);
    throw new EncodeError('dataHex', 'dataHex does not go with the GSM 7-bit alphabet; give text');
  }
  if (inSeptets) return composeSeptets(fields, headerOctets);
  if (alphabet === 'ucs2' && !compressed) return composeUcs2(fields.text ?? '', headerOctets);
  throw new EncodeError('text', 'Text cannot be sent as 8-bit data; give dataHex');
}

/** Makes the user data of one TPDU; refuses what does not fit in it. */
export function composeUserData(fields: ContentFields): ComposedUserData {
  const header = composeHeader(fields);
  const dcs = codingOctet(fields);
  const body = composeBody(fields, dcs, header.length / 2);
  const hex = header + body.hex;
  if (hex.length > 2 * maxUserDataOctets) {
    const field = fields.dataHex === undefined ? 'text' : 'dataHex';
    throw new EncodeError(
      field,
      `The user data takes ${hex.length / 2} octets; one message holds ${maxUserDataOctets}`,
    );
  }
  return { udhi: header !== '', dcs, hex: hexPair(body.udl) + hex };
}

/** Units that fit beside a header of so many octets: septets or UTF-16 units. */
export function capacity(alphabet: 'gsm7' | 'ucs2', headerOctets: number): number {
  const octets = maxUserDataOctets - headerOctets;
  return Math.floor(alphabet === 'gsm7' ? (8 * octets) / 7 : octets / 2);
}
