import { hexFromOctets, hexPair, octetsFromHex } from '../octets.ts';
import { type Alphabet, dataCoding, dcsOf, type MessageClass } from './data-coding.ts';
import { EncodeError } from './encode-error.ts';
import { packText, septetsOfText } from './gsm7.ts';
import { defaultTables, type Gsm7Tables, gsm7Tables } from './gsm7-tables.ts';
import { composeHeader, type HeaderFields } from './header-composition.ts';
import { octetField } from './octet-field.ts';
import { appendUcs2 } from './ucs2.ts';
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
function appendSeptets(
  before: string,
  header: string,
  text: string,
  start: number,
  end: number,
  tables: Gsm7Tables,
): string {
  const headerSeptets = Math.ceil((4 * header.length) / 7);
  const packed = packText(text, tables, 7 * headerSeptets - 4 * header.length, start, end);
  if (packed !== undefined) return before + hexPair(headerSeptets + packed.count) + header + packed.hex;
  throw new EncodeError('text', 'The text has characters that are not in the GSM 7-bit alphabet');
}

/**
 * Appends TP-UDL and TP-UD to the hex of what comes before them: the header, and the text from `start` up to `end`,
 * under these tables or, without them, in UCS-2. The caller knows that it fits.
 */
export function appendText(
  before: string,
  header: string,
  text: string,
  start: number,
  end: number,
  tables: Gsm7Tables | undefined,
): string {
  if (tables !== undefined) return appendSeptets(before, header, text, start, end, tables);
  const length = before + hexPair(header.length / 2 + 2 * (end - start));
  return appendUcs2(header === '' ? length : length + header, text, start, end);
}

function composeData(dataHex: string, header: string): string {
  const data = octetsFromHex(dataHex);
  if (data === undefined) throw new EncodeError('dataHex', 'dataHex must be whole octets of hex');
  return hexPair(header.length / 2 + data.length) + header + hexFromOctets(data);
}

/** Hex of TP-UDL and TP-UD. */
function compose(fields: ContentFields, dcs: number, header: string): string {
  const { alphabet, compressed } = dataCoding(dcs);
  const inSeptets = alphabet === 'gsm7' && !compressed;
  if (fields.dataHex !== undefined) {
    if (!inSeptets) return composeData(fields.dataHex, header);
    throw new EncodeError('dataHex', 'dataHex does not go with the GSM 7-bit alphabet; give text');
  }
  const { text = '' } = fields;
  if (inSeptets) return appendText('', header, text, 0, text.length, tablesOf(fields));
  if (alphabet === 'ucs2' && !compressed) return appendText('', header, text, 0, text.length, undefined);
  throw new EncodeError('text', 'Text cannot be sent as 8-bit data; give dataHex');
}

/** Makes the user data of one TPDU; refuses what does not fit in it. */
export function composeUserData(fields: ContentFields): ComposedUserData {
  const header = composeHeader(fields);
  const dcs = codingOctet(fields);
  const hex = compose(fields, dcs, header);
  const octets = hex.length / 2 - 1;
  if (octets <= maxUserDataOctets) return { udhi: header !== '', dcs, hex };
  const field = fields.dataHex === undefined ? 'text' : 'dataHex';
  throw new EncodeError(
    field,
    `The user data takes ${octets} octets; one message holds ${maxUserDataOctets}`,
  );
}

/** Units that fit beside a header of so many octets: septets or UTF-16 units. */
export function capacity(alphabet: 'gsm7' | 'ucs2', headerOctets: number): number {
  const octets = maxUserDataOctets - headerOctets;
  return Math.floor(alphabet === 'gsm7' ? (8 * octets) / 7 : octets / 2);
}
