import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './store-error.ts';

const keyOctets = 32;
const nonceOctets = 12;
const tagOctets = 16;

/** Seals what must not lie readable in the database (PINs, passwords) under one data key: AES-256-GCM. */
export class SecretBox {
  readonly #key: Buffer;

  /** @param key 32 octets */
  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(secret: string): string {
    const nonce = randomBytes(nonceOctets);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  }

  /** The secret, or undefined where it was sealed under another key: it must then be entered again. */
  open(sealed: string): string | undefined {
    const octets = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, octets.subarray(0, nonceOctets));
    decipher.setAuthTag(octets.subarray(nonceOctets, nonceOctets + tagOctets));
    try {
      return (
        decipher.update(octets.subarray(nonceOctets + tagOctets), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch {
      return undefined;
    }
  }

  /** Recognises a secret without keeping it. */
  fingerprint(secret: string): string {
    return createHmac('sha256', this.#key).update(secret).digest('base64url').slice(0, 22);
  }
}

/** The data key of a headless gateway: a file beside the database that only its user can read, made when missing. */
export function readKeyFile(dataDir: string): Buffer {
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) {
    refuseSealed(join(dataDir, 'secret.sealed'));
    writeKeyFile(file);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === keyOctets) return key;
  throw new StoreError(
    'corrupt',
    `${file} is no key. Restore it from a backup, or delete it and enter the PINs again.`,
  );
}

/** The desktop app keeps the key where only the system can open it: a new key would make every secret unreadable. */
function refuseSealed(sealed: string): void {
  if (!existsSync(sealed)) return;
  throw new StoreError(
    'sealed',
    `${sealed} holds the key of this directory for the desktop app alone. Open Postern there and choose "Hand over to a headless gateway" in its settings; or delete the file, and enter PINs and passwords again.`,
  );
}

/** The key gets its name once it is whole: whoever is killed before leaves none, and nobody takes the place of another's. */
function writeKeyFile(file: string): void {
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  writeSync(handle, `${randomBytes(keyOctets).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(fresh, file);
  } catch (error) {
    // a file system without links; where there is a key by now, that one holds
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(fresh, file);
  }
  rmSync(fresh, { force: true });
}
