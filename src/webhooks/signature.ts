import { createHash, createHmac } from 'node:crypto';

/**
 * What proves to a receiver where a request comes from: `sha256=` and the HMAC-SHA256 of the raw body in hex, its key
 * the SHA-256 of the secret as raw octets.
 */
export function signatureOf(body: Buffer, secret: string): string {
  const key = createHash('sha256').update(secret).digest();
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
}
