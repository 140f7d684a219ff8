/**
 * Octets as the other side gets them when its rate is another one: each becomes something else, line ends and all. Which
 * is of no meaning, only that the same octets always become the same.
 */
export function garbled(octets: string): string {
  return Array.from(octets, (octet) => String.fromCharCode((29 * octet.charCodeAt(0) + 7) % 256)).join('');
}
