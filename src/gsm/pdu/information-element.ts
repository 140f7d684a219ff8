import type { Draft } from './draft.ts';
import { languageName } from './gsm7-tables.ts';

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
  /** 0..3, the first to the fourth profile of the subscriber. */
  readonly profile: number;
  /** 0 voice, 1 fax, 2 e-mail, 3 other; others are extended or reserved. */
  readonly type: number;
  readonly count: number;
}

/** What the elements of a header mean. Of elements that exclude each other the last counts. */
export interface HeaderMeaning {
  readonly concat?: Concatenation;
  readonly ports?: Ports;
  readonly national?: NationalLanguage;
  readonly indications?: readonly SpecialIndication[];
}

/** Identifiers of the elements that this codec writes. */
export const elementIds = {
  concat8: 0x00,
  indication: 0x01,
  ports8: 0x04,
  ports16: 0x05,
  concat16: 0x08,
  singleShift: 0x24,
  lockingShift: 0x25,
} as const;

/** An element that means something here. */
interface KnownElement {
  /** Least octets of data; later versions of the standard may append more. */
  readonly length: number;
  /** Adds what the data at `at` means. */
  readonly read: (octets: Uint8Array, at: number, meaning: Draft<HeaderMeaning>) => void;
  /** The data at `at` in words. */
  readonly describe: (octets: Uint8Array, at: number) => string;
}

function octet(octets: Uint8Array, at: number): number {
  return octets[at] as number;
}

function word(octets: Uint8Array, at: number): number {
  return (octet(octets, at) << 8) | octet(octets, at + 1);
}

function concatenation8(octets: Uint8Array, at: number): Concatenation {
  return { ref: octet(octets, at), total: octet(octets, at + 1), seq: octet(octets, at + 2), bits: 8 };
}

function concatenation16(octets: Uint8Array, at: number): Concatenation {
  return { ref: word(octets, at), total: octet(octets, at + 2), seq: octet(octets, at + 3), bits: 16 };
}

function ports8(octets: Uint8Array, at: number): Ports {
  return { dest: octet(octets, at), src: octet(octets, at + 1), bits: 8 };
}

function ports16(octets: Uint8Array, at: number): Ports {
  return { dest: word(octets, at), src: word(octets, at + 2), bits: 16 };
}

function indicationAt(octets: Uint8Array, at: number): SpecialIndication {
  const kind = octet(octets, at);
  return { store: kind >= 0x80, profile: (kind >> 5) & 3, type: kind & 31, count: octet(octets, at + 1) };
}

/** A part that cannot be counts for nothing (9.2.3.24.1): the message stands alone. */
function isPossible({ total, seq }: Concatenation): boolean {
  return seq >= 1 && seq <= total;
}

function concatElement(
  length: number,
  concatenationAt: (octets: Uint8Array, at: number) => Concatenation,
): KnownElement {
  return {
    length,
    read: (octets, at, meaning) => {
      const concat = concatenationAt(octets, at);
      if (isPossible(concat)) meaning.concat = concat;
    },
    describe: (octets, at) => {
      const concat = concatenationAt(octets, at);
      const part = `part ${concat.seq} of ${concat.total}, reference ${concat.ref}`;
      return isPossible(concat) ? part : `${part}: impossible, ignored`;
    },
  };
}

function portsElement(length: number, portsAt: (octets: Uint8Array, at: number) => Ports): KnownElement {
  return {
    length,
    read: (octets, at, meaning) => {
      meaning.ports = portsAt(octets, at);
    },
    describe: (octets, at) => {
      const { dest, src } = portsAt(octets, at);
      return `to port ${dest}, from port ${src}`;
    },
  };
}

function shiftElement(table: 'single' | 'locking'): KnownElement {
  return {
    length: 1,
    read: (octets, at, meaning) => {
      const { locking = 0, single = 0 } = meaning.national ?? {};
      meaning.national = { locking, single, [table]: octet(octets, at) };
    },
    describe: (octets, at) => languageName(octet(octets, at)),
  };
}

const indicationTypes = ['voice', 'fax', 'e-mail', 'other'];

const indicationElement: KnownElement = {
  length: 2,
  read: (octets, at, meaning) => {
    meaning.indications = [...(meaning.indications ?? []), indicationAt(octets, at)];
  },
  describe: (octets, at) => {
    const { store, type, count } = indicationAt(octets, at);
    return `${count} ${indicationTypes[type] ?? 'other'} messages waiting, ${store ? 'store' : 'discard'} the text`;
  },
};

/** The elements that mean something here, by identifier. */
export const knownElements: ReadonlyMap<number, KnownElement> = new Map([
  [elementIds.concat8, concatElement(3, concatenation8)],
  [elementIds.indication, indicationElement],
  [elementIds.ports8, portsElement(2, ports8)],
  [elementIds.ports16, portsElement(4, ports16)],
  [elementIds.concat16, concatElement(4, concatenation16)],
  [elementIds.singleShift, shiftElement('single')],
  [elementIds.lockingShift, shiftElement('locking')],
]);
