import { hexFromOctets } from '../octets.ts';
import type { PduReader } from './pdu-reader.ts';

/** One information element of the user data header (TS 23.040, 9.2.3.24). */
export interface InformationElement {
  readonly iei: number;
  /** Hex. */
  readonly data: string;
}

/** Which part of which message; `bits` is the size of the reference. */
export interface Concatenation {
  readonly ref: number;
  readonly total: number;
  /** 1 to `total`. */
  readonly seq: number;
  readonly bits: 8 | 16;
}

/** Application ports. */
export interface Ports {
  readonly dest: number;
  readonly src: number;
  readonly bits: 8 | 16;
}

/** National language identifiers of the shift tables, 0 for the default one (TS 23.038, 6.2.1.2). */
export interface NationalLanguage {
  readonly locking: number;
  readonly single: number;
}

/** Special SMS message indication (TS 23.040, 9.2.3.24.2): so many messages of a kind are waiting. */
export interface SpecialIndication {
  readonly store: boolean;
  readonly profile: number;
  /** 0 voice, 1 fax, 2 e-mail, 3 other; others are extended or reserved. */
  readonly type: number;
  readonly count: number;
}

export interface UserDataHeader {
  readonly udh: readonly InformationElement[];
  readonly concat?: Concatenation;
  readonly ports?: Ports;
  readonly national?: NationalLanguage;
  readonly indications?: readonly SpecialIndication[];
}

export const elements = {
  concat8: 0x00,
  indication: 0x01,
  ports8: 0x04,
  ports16: 0x05,
  concat16: 0x08,
  singleShift: 0x24,
  lockingShift: 0x25,
} as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Meaning = Mutable<Omit<UserDataHeader, 'udh'>>;

function word(data: Uint8Array, at: number): number {
  return ((data[at] as number) << 8) | (data[at + 1] as number);
}

/** A concatenation that cannot be counts for nothing (TS 23.040, 9.2.3.24.1): the message stands alone. */
function concatenation(ref: number, total: number, seq: number, bits: 8 | 16, meaning: Meaning): void {
  if (seq >= 1 && seq <= total) meaning.concat = { ref, total, seq, bits };
}

/** What the known elements mean: their least octets of data, and where the meaning goes. The last of a kind counts. */
const meanings = new Map<number, { octets: number; read: (data: Uint8Array, meaning: Meaning) => void }>([
  [
    elements.concat8,
    {
      octets: 3,
      read: ([ref, total, seq], meaning) =>
        concatenation(ref as number, total as number, seq as number, 8, meaning),
    },
  ],
  [
    elements.concat16,
    {
      octets: 4,
      read: (data, meaning) =>
        concatenation(word(data, 0), data[2] as number, data[3] as number, 16, meaning),
    },
  ],
  [
    elements.ports8,
    {
      octets: 2,
      read: ([dest, src], meaning) => {
        meaning.ports = { dest: dest as number, src: src as number, bits: 8 };
      },
    },
  ],
  [
    elements.ports16,
    {
      octets: 4,
      read: (data, meaning) => {
        meaning.ports = { dest: word(data, 0), src: word(data, 2), bits: 16 };
      },
    },
  ],
  [
    elements.indication,
    {
      octets: 2,
      read: ([kind, count], meaning) => {
        const [octet, waiting] = [kind as number, count as number];
        const indication = {
          store: octet >= 0x80,
          profile: (octet >> 5) & 3,
          type: octet & 31,
          count: waiting,
        };
        meaning.indications = [...(meaning.indications ?? []), indication];
      },
    },
  ],
  [
    elements.singleShift,
    {
      octets: 1,
      read: ([single], meaning) => {
        meaning.national = { locking: meaning.national?.locking ?? 0, single: single as number };
      },
    },
  ],
  [
    elements.lockingShift,
    {
      octets: 1,
      read: ([locking], meaning) => {
        meaning.national = { locking: locking as number, single: meaning.national?.single ?? 0 };
      },
    },
  ],
]);

/**
 * Reads the information elements from octet `start` up to `end`. Returns what could be read; an element that runs past
 * the end of the header ends it.
 */
function readElements(reader: PduReader, start: number, end: number): UserDataHeader {
  const udh: InformationElement[] = [];
  const meaning: Meaning = {};
  for (let at = start; at < end; ) {
    const iei = reader.octets[at] as number;
    const field = `udh.${udh.length}`;
    const dataStart = at + 2;
    const length = at + 1 < end ? (reader.octets[at + 1] as number) : 0;
    if (dataStart > end || dataStart + length > end) {
      reader.report(`${field}.length`, at, `Element ${udh.length} of the user data header runs past its end`);
      break;
    }
    const data = reader.octets.subarray(dataStart, dataStart + length);
    udh.push({ iei, data: hexFromOctets(data) });
    const known = meanings.get(iei);
    if (known !== undefined && length >= known.octets) known.read(data, meaning);
    else if (known !== undefined)
      reader.note(field, at, `Element ${udh.length - 1} of the user data header is too short`);
    reader.mark(field, at, dataStart + length);
    at = dataStart + length;
  }
  return { udh, ...meaning };
}

/**
 * Reads the user data header at octet `start` of user data that reaches to `end`: TP-UDHL, then the elements.
 * `headerOctets` counts both; the text begins after them.
 */
export function readUserDataHeader(
  reader: PduReader,
  start: number,
  end: number,
): UserDataHeader & { readonly headerOctets: number } {
  const claimed = start < end ? (reader.octets[start] as number) + 1 : 1;
  if (start + claimed > end) {
    reader.report(
      'udh.length',
      start,
      `The user data header claims ${claimed} octets, but the user data has ${end - start}`,
    );
  }
  const headerEnd = Math.min(start + claimed, end);
  reader.mark('udh.length', start, Math.min(start + 1, end));
  return { ...readElements(reader, start + 1, headerEnd), headerOctets: headerEnd - start };
}
