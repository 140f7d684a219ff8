/** Units given to one call as arguments: far below what the smallest stack takes. */
const unitsPerCall = 4096;

/** The string of so many UTF-16 units. */
export function textOfUnits(units: Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i += unitsPerCall) {
    text += String.fromCharCode.apply(null, units.subarray(i, i + unitsPerCall) as unknown as number[]);
  }
  return text;
}

/**
 * The text of UCS-2, in practice UTF-16 big endian. Nothing is checked and nothing is lost: half a surrogate pair
 * stays in the string, so that the other half may follow in the next segment. An odd last octet is dropped.
 */
export function textOfUcs2(octets: Uint8Array): string {
  const units = new Uint16Array(octets.length >> 1);
  for (let i = 0; i < units.length; i++)
    units[i] = ((octets[2 * i] as number) << 8) | (octets[2 * i + 1] as number);
  return textOfUnits(units);
}

/** Two octets for each UTF-16 unit of the text. */
export function ucs2OfText(text: string): Uint8Array {
  const octets = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    octets[2 * i] = unit >> 8;
    octets[2 * i + 1] = unit;
  }
  return octets;
}
