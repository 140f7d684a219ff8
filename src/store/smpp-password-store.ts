import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Database } from './database.ts';
import { randomText, sameHash } from './random-text.ts';

/** SMPP 3.4 has room for eight characters (5.2.2). */
const passwordLength = 8;
const hashOctets = 32;
const derive = promisify<string, Uint8Array, number, Buffer>(scrypt);

/** Short passwords of keys, for clients that cannot hold a whole key. Only their scrypt hash is kept. */
export class SmppPasswordStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * A new password of this key, in place of the one it had. It is shown this once.
   *
   * @param within runs the writing, where it is to be a part of a larger transaction
   */
  async create(keyId: string, within = (write: () => void) => write()): Promise<string> {
    const password = randomText(passwordLength);
    const salt = randomBytes(16);
    const hash = await derive(password, salt, hashOctets);
    within(() => {
      this.#database
        .prepare('INSERT OR REPLACE INTO smpp_passwords (key_id, salt, hash) VALUES (?, ?, ?)')
        .run(keyId, salt, hash);
    });
    return password;
  }

  /** Whether this is the password of that key. */
  async fits(keyId: string, password: string): Promise<boolean> {
    const row = this.#database
      .prepare<[string], { salt: Uint8Array; hash: Uint8Array }>(
        'SELECT salt, hash FROM smpp_passwords WHERE key_id = ?',
      )
      .get(keyId);
    if (!row || password.length !== passwordLength) return false;
    return sameHash(await derive(password, row.salt, hashOctets), row.hash);
  }
}
