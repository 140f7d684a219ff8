import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { SealedSecrets } from '../contract/settings-file.ts';
import { SecretBox } from './secret-box.ts';

const cost = { n: 131_072, r: 8, p: 1 } as const;
const memory = 256 * 1024 * 1024;
const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

/** Seals a text under a passphrase, to leave this machine. */
export async function sealUnder(passphrase: string, plain: string): Promise<SealedSecrets> {
  const salt = randomBytes(16);
  const box = new SecretBox(await keyOf(passphrase, salt));
  return { kdf: 'scrypt', ...cost, salt: salt.toString('base64'), sealed: box.seal(plain) };
}

/** The text; undefined where the passphrase is another one, or the file was changed. */
export async function openUnder(passphrase: string, sealed: SealedSecrets): Promise<string | undefined> {
  const box = new SecretBox(await keyOf(passphrase, Buffer.from(sealed.salt, 'base64')));
  return box.open(sealed.sealed);
}

function keyOf(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const { n: N, r, p } = cost;
  return derive(passphrase.normalize('NFC'), salt, 32, { N, r, p, maxmem: memory });
}
