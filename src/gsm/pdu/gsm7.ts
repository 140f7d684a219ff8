import { hexOfTwo, hexPair, packSeptets } from '../octets.ts';
import { escaped, escapeSeptet, type Gsm7Tables, septetOf, space } from './gsm7-tables.ts';
import { textOfUnits } from './ucs2.ts';

export { defaultTables, type Gsm7Tables, gsm7Tables } from './gsm7-tables.ts';

/**
 * The text of `count` septets that begin `fillBits` bits after octet `start`. After the escape: the extension
 * character; where there is none, the main table's; a second escape is a space, an escape at the end nothing
 * (TS 23.038, 6.2.1.1).
 */
export function unpackText(
  octets: Uint8Array,
  start: number,
  count: number,
  fillBits: number,
  tables: Gsm7Tables,
): string {
  const { main, extension } = tables;
  const codes = new Array<number>(count);
  let length = 0;
  let escaping = false;
  let at = start;
  let pending = fillBits > 0 ? (octets[at++] as number) >> fillBits : 0;
  let bits = fillBits > 0 ? 8 - fillBits : 0;
  for (let i = 0; i < count; i++) {
    if (bits < 7) {
      pending |= (octets[at++] as number) << bits;
      bits += 8;
    }
    const septet = pending & 0x7f;
    pending >>= 7;
    bits -= 7;
    if (escaping) {
      codes[length++] =
        septet === escapeSeptet ? space : (extension[septet] as number) || (main[septet] as number);
      escaping = false;
    } else if (septet === escapeSeptet) {
      escaping = true;
    } else {
      codes[length++] = main[septet] as number;
    }
  }
  codes.length = length;
  return textOfUnits(codes);
}

/** The text of septets that are already unpacked. */
export function textOfSeptets(septets: Uint8Array, tables: Gsm7Tables): string {
  return unpackText(packSeptets(septets), 0, septets.length, 0, tables);
}

/** The septets of a text, escapes included; `undefined` when the tables lack one of its characters. */
export function septetsOfText(text: string, tables: Gsm7Tables): Uint8Array | undefined {
  const septets = new Uint8Array(2 * text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const septet = septetOf(text.charCodeAt(i), tables.septets);
    if (septet < 0) return undefined;
    if (septet >= escaped) septets[count++] = escapeSeptet;
    septets[count++] = septet & 0x7f;
  }
  return septets.subarray(0, count);
}

/** Septets of a text, packed. */
export interface PackedText {
  /** How many, escapes included. */
  readonly count: number;
  readonly hex: string;
}

/**
 * Looks up and packs a text from `start` up to `end` in one go, after `fillBits` zero bits; `undefined` when the tables
 * lack one of its characters. The same as `packSeptets(septetsOfText(text))`, at half the time: this is what encoding
 * mostly does.
 */
export function packText(
  text: string,
  tables: Gsm7Tables,
  fillBits: number,
  start = 0,
  end: number = text.length,
): PackedText | undefined {
  const { septets } = tables;
  let hex = '';
  let count = 0;
  let pending = 0;
  let bits = fillBits;
  for (let i = start; i < end; i++) {
    const septet = septetOf(text.charCodeAt(i), septets);
    if (septet < 0) return undefined;
    if (septet < escaped) {
      pending |= septet << bits;
      bits += 7;
      count++;
    } else {
      pending |= (escapeSeptet | ((septet & 0x7f) << 7)) << bits;
      bits += 14;
      count += 2;
    }
    if (bits >= 16) {
      hex += hexOfTwo(pending & 0xff, (pending >> 8) & 0xff);
      pending >>= 16;
      bits -= 16;
    }
  }
  for (; bits > 0; bits -= 8) {
    hex += hexPair(pending);
    pending >>= 8;
  }
  return { count, hex };
}
