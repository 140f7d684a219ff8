/** What TP-DCS says about the user data (TS 23.038, 4). */
export type Alphabet = 'gsm7' | '8bit' | 'ucs2';

export type MessageClass = 0 | 1 | 2 | 3;

export type WaitingType = 'voicemail' | 'fax' | 'email' | 'other';

/** A message waiting indication: whether to keep the text, whether the indication is set or cleared, and for what. */
export interface MessageWaiting {
  readonly store: boolean;
  readonly active: boolean;
  readonly type: WaitingType;
}

export type CodingGroup =
  | 'general'
  | 'auto-deletion'
  | 'reserved'
  | 'mwi-discard'
  | 'mwi-store'
  | 'mwi-store-ucs2'
  | 'class';

export interface DataCoding {
  readonly group: CodingGroup;
  readonly alphabet: Alphabet;
  readonly compressed: boolean;
  readonly class: MessageClass | null;
  readonly mwi?: MessageWaiting;
  /** The message wants to be deleted once read. */
  readonly autoDelete?: true;
  /** A reserved alphabet or group, to be read as the default alphabet. */
  readonly reserved?: true;
  readonly reservedAlphabet?: true;
}

const alphabets: readonly Alphabet[] = ['gsm7', '8bit', 'ucs2', 'gsm7'];
const alphabetBits: Readonly<Record<Alphabet, number>> = { gsm7: 0x00, '8bit': 0x04, ucs2: 0x08 };
const waitingTypes: readonly WaitingType[] = ['voicemail', 'fax', 'email', 'other'];

/** Groups 00xx and 01xx: bit 5 compression, bit 4 "bits 1..0 are a class", bits 3..2 the alphabet. */
function generalCoding(dcs: number): DataCoding {
  const alphabet = (dcs >> 2) & 3;
  return {
    group: dcs & 0x40 ? 'auto-deletion' : 'general',
    alphabet: alphabets[alphabet] as Alphabet,
    compressed: (dcs & 0x20) !== 0,
    class: dcs & 0x10 ? ((dcs & 3) as MessageClass) : null,
    ...(alphabet === 3 && { reservedAlphabet: true }),
    ...(dcs & 0x40 && { autoDelete: true }),
  };
}

/** Groups 1100, 1101 and 1110: bit 3 sets or clears the indication, bits 1..0 say of what. */
function waitingCoding(dcs: number): DataCoding {
  const group = dcs >> 4;
  const groups = { 12: 'mwi-discard', 13: 'mwi-store', 14: 'mwi-store-ucs2' } as const;
  return {
    group: groups[group as 12 | 13 | 14],
    alphabet: group === 14 ? 'ucs2' : 'gsm7',
    compressed: false,
    class: null,
    mwi: { store: group !== 12, active: (dcs & 8) !== 0, type: waitingTypes[dcs & 3] as WaitingType },
  };
}

function codingOf(dcs: number): DataCoding {
  if (dcs < 0x80) return generalCoding(dcs);
  if (dcs < 0xc0)
    return { group: 'reserved', alphabet: 'gsm7', compressed: false, class: null, reserved: true };
  if (dcs < 0xf0) return waitingCoding(dcs);
  return {
    group: 'class',
    alphabet: dcs & 4 ? '8bit' : 'gsm7',
    compressed: false,
    class: (dcs & 3) as MessageClass,
  };
}

const codings: readonly DataCoding[] = Array.from({ length: 256 }, (_, dcs) => codingOf(dcs));

/** The meaning of a TP-DCS octet. */
export function dataCoding(dcs: number): DataCoding {
  return codings[dcs & 0xff] as DataCoding;
}

/** The TP-DCS octet of the general group for an alphabet and an optional class. */
export function dcsOf(alphabet: Alphabet, messageClass?: MessageClass): number {
  return alphabetBits[alphabet] | (messageClass === undefined ? 0 : 0x10 | messageClass);
}
