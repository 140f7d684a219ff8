import { defaultTables, septetsOfText, textOfSeptets } from '../gsm/pdu/gsm7.ts';
import { textOfUcs2 } from '../gsm/pdu/ucs2.ts';
import { commandStatus, SmppRefusal } from './command-status.ts';

/** The alphabets of data_coding (SMPP 3.4, 5.2.19) in which texts are taken. */
export type SmppAlphabet = 'gsm7' | 'ia5' | 'latin1' | 'ucs2';

/** What a data_coding says of a text. */
export interface TextCoding {
  readonly alphabet: SmppAlphabet;
  /** Shown at once and not kept: message class 0 (TS 23.038, 4). */
  readonly flash: boolean;
}

const plain: Readonly<Record<number, SmppAlphabet>> = { 0: 'gsm7', 1: 'ia5', 3: 'latin1', 8: 'ucs2' };

/** The values of `data_coding` under which texts are handed to clients. */
export const dataCodings = { gsm7: 0, binary: 4, ucs2: 8 } as const;

/**
 * What a data_coding means. Beside those of SMPP itself, the GSM message classes are known: 0x10 to 0x1B, and 0xF0 on.
 *
 * @throws SmppRefusal for octets that are no text, and alphabets that are not known
 */
export function readDataCoding(dataCoding: number): TextCoding {
  const alphabet = plain[dataCoding];
  if (alphabet) return { alphabet, flash: false };
  const flash = (dataCoding & 0x03) === 0;
  if ((dataCoding & 0xfc) === 0x10 || (dataCoding & 0xfc) === 0xf0) return { alphabet: 'gsm7', flash };
  if ((dataCoding & 0xfc) === 0x18) return { alphabet: 'ucs2', flash };
  throw new SmppRefusal(
    commandStatus.invalidDataCoding,
    `data_coding ${dataCoding} is not taken: 0 (GSM 7-bit), 1 (IA5), 3 (Latin-1) and 8 (UCS-2) are`,
  );
}

/**
 * The text that octets stand for. GSM 7-bit comes a septet an octet, as everywhere in SMPP.
 *
 * @throws SmppRefusal where the octets are none of that alphabet
 */
export function decodeText(octets: Buffer, alphabet: SmppAlphabet): string {
  if (alphabet === 'latin1') return octets.toString('latin1');
  if (alphabet === 'ucs2') return decodeUcs2(octets);
  const foreign = octets.findIndex((octet) => octet > 0x7f);
  if (foreign >= 0) {
    const name = alphabet === 'gsm7' ? 'GSM 7-bit' : 'IA5';
    throw new SmppRefusal(
      commandStatus.invalidMessageLength,
      `octet ${foreign} of the text is above 0x7F, which ${name} does not have; Latin-1 is data_coding 3`,
    );
  }
  return alphabet === 'ia5' ? octets.toString('latin1') : textOfSeptets(octets, defaultTables);
}

function decodeUcs2(octets: Buffer): string {
  if (octets.length % 2 === 0) return textOfUcs2(octets);
  throw new SmppRefusal(commandStatus.invalidMessageLength, 'a text in UCS-2 has an odd number of octets');
}

/** A text as octets: GSM 7-bit, a septet an octet, where that holds it; else UCS-2. */
export function encodeText(text: string, alphabet: 'gsm7' | 'ucs2'): Buffer {
  const septets = alphabet === 'gsm7' ? septetsOfText(text, defaultTables) : undefined;
  return septets ? Buffer.from(septets) : Buffer.from(text, 'utf16le').swap16();
}
