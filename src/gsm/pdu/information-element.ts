import type { Draft } from './draft.ts';
import { languageName } from './gsm7.ts';

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
  readonly octets: number;
  /** Adds what the data means. */
  readonly read: (data: Uint8Array, meaning: Draft<HeaderMeaning>) => void;
  readonly describe: (data: Uint8Array) => string;
}

function octet(data: Uint8Array, at: number): number {
  return data[at] as number;
}

function word(data: Uint8Array, at: number): number {
  return (octet(data, at) << 8) | octet(data, at + 1);
}

function concatElement(bits: 8 | 16): KnownElement {
  const refOctets = bits / 8;
  const concatenation = (data: Uint8Array): Concatenation => ({
    ref: bits === 8 ? octet(data, 0) : word(data, 0),
    total: octet(data, refOctets),
    seq: octet(data, refOctets + 1),
    bits,
  });
  // A part that cannot be counts for nothing (9.2.3.24.1): the message stands alone.
  const possible = ({ total, seq }: Concatenation) => seq >= 1 && seq <= total;
  return {
    octets: refOctets + 2,
    read: (data, meaning) => {
      const concat = concatenation(data);
      if (possible(concat)) meaning.concat = concat;
    },
    describe: (data) => {
      const concat = concatenation(data);
      const part = `part ${concat.seq} of ${concat.total}, reference ${concat.ref}`;
      return possible(concat) ? part : `${part}: impossible, ignored`;
    },
  };
}

function portsElement(bits: 8 | 16): KnownElement {
  const ports = (data: Uint8Array): Ports =>
    bits === 8
      ? { dest: octet(data, 0), src: octet(data, 1), bits }
      : { dest: word(data, 0), src: word(data, 2), bits };
  return {
    octets: bits / 4,
    read: (data, meaning) => {
      meaning.ports = ports(data);
    },
    describe: (data) => `to port ${ports(data).dest}, from port ${ports(data).src}`,
  };
}

function shiftElement(table: 'single' | 'locking'): KnownElement {
  return {
    octets: 1,
    read: (data, meaning) => {
      const { locking = 0, single = 0 } = meaning.national ?? {};
      meaning.national = { locking, single, [table]: octet(data, 0) };
    },
    describe: (data) => languageName(octet(data, 0)),
  };
}

function indicationOf(data: Uint8Array): SpecialIndication {
  const kind = octet(data, 0);
  return { store: kind >= 0x80, profile: (kind >> 5) & 3, type: kind & 31, count: octet(data, 1) };
}

const indicationTypes = ['voice', 'fax', 'e-mail', 'other'];

const indicationElement: KnownElement = {
  octets: 2,
  read: (data, meaning) => {
    meaning.indications = [...(meaning.indications ?? []), indicationOf(data)];
  },
  describe: (data) => {
    const { store, type, count } = indicationOf(data);
    return `${count} ${indicationTypes[type] ?? 'other'} messages waiting, ${store ? 'store' : 'discard'} the text`;
  },
};

/** The elements that mean something here, by identifier. */
export const knownElements: ReadonlyMap<number, KnownElement> = new Map([
  [elementIds.concat8, concatElement(8)],
  [elementIds.indication, indicationElement],
  [elementIds.ports8, portsElement(8)],
  [elementIds.ports16, portsElement(16)],
  [elementIds.concat16, concatElement(16)],
  [elementIds.singleShift, shiftElement('single')],
  [elementIds.lockingShift, shiftElement('locking')],
]);

const names: Readonly<Record<number, string>> = {
  0: 'concatenation, 8-bit reference',
  1: 'special message indication',
  4: 'application ports, 8 bit',
  5: 'application ports, 16 bit',
  6: 'service centre control parameters',
  7: 'source of the header',
  8: 'concatenation, 16-bit reference',
  9: 'wireless control message protocol',
  10: 'text formatting',
  11: 'predefined sound',
  12: 'user-defined sound',
  13: 'predefined animation',
  14: 'large animation',
  15: 'small animation',
  16: 'large picture',
  17: 'small picture',
  18: 'variable picture',
  19: 'user prompt',
  20: 'extended object',
  21: 'reused extended object',
  22: 'compression control',
  23: 'object distribution indicator',
  24: 'standard WVG object',
  25: 'character size WVG object',
  26: 'extended object data request',
  32: 'e-mail header length',
  33: 'hyperlink',
  34: 'reply address',
  35: 'enhanced voice mail',
  36: 'national language single shift',
  37: 'national language locking shift',
};

/** What an element is, by its identifier. */
export function elementName(iei: number): string {
  if (iei >= 0x70 && iei < 0x80) return '(U)SIM toolkit security header';
  if (iei >= 0x80 && iei < 0xa0) return 'specific to sender and recipient';
  if (iei >= 0xc0 && iei < 0xe0) return 'specific to the service centre';
  return names[iei] ?? 'reserved';
}
