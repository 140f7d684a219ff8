/** What the PDU codec and the AT layer share: hex, octets, septets. No `Buffer` here. */

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
  octet.toString(16).toUpperCase().padStart(2, '0'),
);

/** Value of a hex digit by its character code, -1 for anything else. */
const hexValues = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  hexValues[digit.charCodeAt(0)] = value;
  hexValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** How many characters at the start of `text` are hex digits. */
export function hexDigits(text: string): number {
  let count = 0;
  while (count < text.length && (hexValues[text.charCodeAt(count)] ?? -1) >= 0) count++;
  return count;
}

/** Puts the octets of a hex string at the start of `octets`; `false` when it is not whole octets of hex. */
export function readHex(hex: string, octets: Uint8Array): boolean {
  if (hex.length % 2 !== 0) return false;
  // Negative once a digit was none, above 255 once a character was far from any: looked at once, not each time.
  let signs = 0;
  let codes = 0;
  for (let i = 0, at = 0; at < hex.length; i++, at += 2) {
    const high = hex.charCodeAt(at);
    const low = hex.charCodeAt(at + 1);
    const value = ((hexValues[high] as number) << 4) | (hexValues[low] as number);
    codes |= high | low;
    signs |= value;
    octets[i] = value;
  }
  return signs >= 0 && codes < 256;
}

/** The octets of a hex string in either case; `undefined` when it is not whole octets of hex. */
export function octetsFromHex(hex: string): Uint8Array | undefined {
  const octets = new Uint8Array(hex.length >> 1);
  return readHex(hex, octets) ? octets : undefined;
}

/** Upper-case hex of one octet; of a larger number, of its lowest octet. */
export function hexPair(octet: number): string {
  return hexPairs[octet & 0xff] as string;
}

/** Hex of each 16-bit word, made when first needed: writing two octets at a time takes half the time. */
const hexWords: (string | undefined)[] = new Array(0x10000);

function makeHexWord(word: number): string {
  const hex = hexPair(word >> 8) + hexPair(word);
  hexWords[word] = hex;
  return hex;
}

/** Upper-case hex of a 16-bit word, high octet first. */
export function hexWord(word: number): string {
  return hexWords[word] ?? makeHexWord(word);
}

/** Upper-case hex of two octets. */
export function hexOfTwo(first: number, second: number): string {
  return hexWord((first << 8) | second);
}

/** Upper-case hex of the octets from `start` up to, not including, `end`. */
export function hexFromOctets(octets: Uint8Array, start = 0, end: number = octets.length): string {
  let hex = '';
  for (let i = start; i < end; i++) hex += hexPairs[octets[i] as number];
  return hex;
}

/** Octets that `count` septets take after `fillBits` bits (TS 23.038, 6.1.2.1). */
export function packedLength(count: number, fillBits = 0): number {
  return Math.ceil((fillBits + 7 * count) / 8);
}

/** Packs septets, least significant bit first, after `fillBits` zero bits (TS 23.038, 6.1.2.1.1). */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const octets = new Uint8Array(packedLength(septets.length, fillBits));
  let bits = fillBits;
  let pending = 0;
  let at = 0;
  for (let i = 0; i < septets.length; i++) {
    pending |= (septets[i] as number) << bits;
    bits += 7;
    if (bits < 8) continue;
    octets[at++] = pending;
    pending >>= 8;
    bits -= 8;
  }
  if (bits > 0) octets[at] = pending;
  return octets;
}

/**
 * Unpacks `count` septets that begin `fillBits` bits after octet `start`. The count comes from a length field, never
 * from the number of octets: 7 septets also fill 7 octets, and an eighth would appear as '@'.
 */
export function unpackSeptets(octets: Uint8Array, start: number, count: number, fillBits = 0): Uint8Array {
  const septets = new Uint8Array(count);
  let at = start;
  let pending = fillBits > 0 ? (octets[at++] as number) >> fillBits : 0;
  let bits = fillBits > 0 ? 8 - fillBits : 0;
  for (let i = 0; i < count; i++) {
    if (bits < 7) {
      pending |= (octets[at++] as number) << bits;
      bits += 8;
    }
    septets[i] = pending & 0x7f;
    pending >>= 7;
    bits -= 7;
  }
  return septets;
}

/** The text of octets of UTF-8 that stand in a string, one a character; undefined where they are no UTF-8. */
export function textOfUtf8(octets: string): string | undefined {
  const escaped = octets.replace(/[%\u0080-\u00ff]/g, (octet) => `%${hexPair(octet.charCodeAt(0))}`);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
