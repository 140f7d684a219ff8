import { type OctetWriter, octetsFromHex, packSeptets } from '../octets.ts';
import { type Alphabet, dataCoding, dcsOf, type MessageClass } from './data-coding.ts';
import { EncodeError } from './encode-error.ts';
import { defaultTables, gsm7Tables, septetsOfText } from './gsm7.ts';
import { composeHeader, type HeaderFields } from './header-composition.ts';
import { octetField } from './octet-field.ts';
import { ucs2OfText } from './ucs2.ts';
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

/** TP-UDHI, TP-DCS, TP-UDL and TP-UD, ready to be written. */
export interface ComposedUserData {
  readonly udhi: boolean;
  readonly dcs: number;
  readonly udl: number;
  readonly octets: Uint8Array;
}

function joined(header: Uint8Array, body: Uint8Array): Uint8Array {
  if (header.length === 0) return body;
  const octets = new Uint8Array(header.length + body.length);
  octets.set(header);
  octets.set(body, header.length);
  return octets;
}

/** Bits between the header and the first septet, so that the text begins on a septet boundary. */
export function fillBits(headerOctets: number): number {
  return (7 - ((8 * headerOctets) % 7)) % 7;
}

function composeSeptets(
  text: string,
  header: Uint8Array,
  fields: ContentFields,
): { udl: number; octets: Uint8Array } {
  const tables = fields.national
    ? gsm7Tables(fields.national.locking, fields.national.single)
    : defaultTables;
  const septets = septetsOfText(text, tables);
  if (septets === undefined)
    throw new EncodeError('text', 'The text has characters that are not in the GSM 7-bit alphabet');
  const udl = Math.ceil((8 * header.length) / 7) + septets.length;
  return { udl, octets: joined(header, packSeptets(septets, fillBits(header.length))) };
}

function composeOctets(body: Uint8Array, header: Uint8Array): { udl: number; octets: Uint8Array } {
  const octets = joined(header, body);
  return { udl: octets.length, octets };
}

/** The alphabet that the content asks for when none is given. */
function impliedAlphabet(fields: ContentFields): Alphabet {
  if (fields.dataHex !== undefined) return '8bit';
  return septetsOfText(
    fields.text ?? '',
    fields.national ? gsm7Tables(fields.national.locking, fields.national.single) : defaultTables,
  )
    ? 'gsm7'
    : 'ucs2';
}

function codingOctet(fields: ContentFields): number {
  if (fields.dcs !== undefined) return octetField('dcs', fields.dcs);
  return dcsOf(fields.alphabet ?? impliedAlphabet(fields), fields.flash ? 0 : fields.messageClass);
}

function composeBody(
  fields: ContentFields,
  dcs: number,
  header: Uint8Array,
): { udl: number; octets: Uint8Array } {
  const { alphabet, compressed } = dataCoding(dcs);
  if (fields.dataHex !== undefined) {
    const data = octetsFromHex(fields.dataHex);
    if (data === undefined) throw new EncodeError('dataHex', 'dataHex must be whole octets of hex');
    if (alphabet === 'gsm7' && !compressed)
      throw new EncodeError('dataHex', 'dataHex does not go with the GSM 7-bit alphabet; give text');
    return composeOctets(data, header);
  }
  if (compressed || alphabet === '8bit')
    throw new EncodeError('text', 'Text cannot be sent as 8-bit data; give dataHex');
  const text = fields.text ?? '';
  return alphabet === 'gsm7' ? composeSeptets(text, header, fields) : composeOctets(ucs2OfText(text), header);
}

/** Makes the user data of one TPDU; refuses what does not fit in it. */
export function composeUserData(fields: ContentFields): ComposedUserData {
  const header = composeHeader(fields);
  const dcs = codingOctet(fields);
  const { udl, octets } = composeBody(fields, dcs, header);
  if (octets.length > maxUserDataOctets) {
    const field = fields.dataHex === undefined ? 'text' : 'dataHex';
    throw new EncodeError(
      field,
      `The user data takes ${octets.length} octets; one message holds ${maxUserDataOctets}`,
    );
  }
  return { udhi: header.length > 0, dcs, udl, octets };
}

/** Writes TP-UDL and TP-UD. */
export function writeUserData(writer: OctetWriter, userData: ComposedUserData): void {
  writer.octet(userData.udl);
  writer.octetsOf(userData.octets);
}

/** Units that fit beside a header of so many octets: septets, UTF-16 units or octets. */
export function capacity(alphabet: Alphabet, header: number): number {
  const octets = maxUserDataOctets - header;
  if (alphabet === 'gsm7') return Math.floor((8 * octets) / 7);
  return alphabet === 'ucs2' ? Math.floor(octets / 2) : octets;
}
