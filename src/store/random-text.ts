import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The highest multiple of 62 in an octet: octets above it would make some characters likelier than others. */
const fairLimit = 248;

/** `length` characters of `0-9A-Za-z`, each from the system's random source: 5.95 bits a character. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const octet of randomBytes(length)) {
      if (octet < fairLimit && text.length < length) text += alphabet[octet % alphabet.length];
    }
  }
  return text;
}

/** The SHA-256 of a secret: all that is kept of it. */
export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
