import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './desktop-settings.ts';

const keyOctets = 32;

/** What is needed of Electron's `safeStorage`. */
export interface KeyStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  getSelectedStorageBackend?(): string;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(sealed: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
}

/** The secrets of a data directory cannot be read here; `message` says what to do. */
export class DataKeyError extends Error {
  readonly code = 'data_key';

  constructor(message: string) {
    super(message);
    this.name = 'DataKeyError';
  }
}

/**
 * The data key of one data directory. On the desktop it lies there as `secret.sealed`, under a key that the system keeps
 * for this person; a headless gateway keeps it as `secret.key`, a file that only its user can read. A directory that
 * comes from a headless gateway is taken over; `handOver` makes it one again.
 */
export class DataKey {
  readonly #dataDir: string;
  readonly #storage: KeyStorage;

  constructor(dataDir: string, storage: KeyStorage) {
    this.#dataDir = dataDir;
    this.#storage = storage;
  }

  get #sealed(): string {
    return join(this.#dataDir, 'secret.sealed');
  }

  get #plain(): string {
    return join(this.#dataDir, 'secret.key');
  }

  /**
   * The key in Base64, made where there is none. Undefined where the system has no safe place for keys: the gateway
   * then uses its key file. Throws a `DataKeyError` where the directory was sealed elsewhere.
   */
  async unwrap(): Promise<string | undefined> {
    if (existsSync(this.#plain)) return this.#adopt();
    if (existsSync(this.#sealed)) return this.#open();
    if (!(await this.#isSafe())) return undefined;
    return this.#seal(randomBytes(keyOctets).toString('base64'));
  }

  /** Makes the directory one that a headless gateway can serve, with all its secrets. */
  async handOver(): Promise<void> {
    if (!existsSync(this.#sealed)) return;
    const key = await this.#open();
    writeWhole(this.#plain, `${key}\n`);
    rmSync(this.#sealed);
  }

  /** Gives up secrets that cannot be read here; the file stays, under another name, for whoever can. */
  forget(): void {
    if (existsSync(this.#sealed)) renameSync(this.#sealed, join(this.#dataDir, 'secret.sealed.unreadable'));
  }

  /** The key file goes only when the sealed one has been read back. */
  async #adopt(): Promise<string | undefined> {
    const key = readFileSync(this.#plain, 'utf8').trim();
    if (Buffer.from(key, 'base64').length !== keyOctets) return undefined; // the gateway says what is wrong with it
    if (!(await this.#isSafe())) return undefined;
    await this.#seal(key);
    rmSync(this.#plain);
    return key;
  }

  async #seal(key: string): Promise<string> {
    writeWhole(this.#sealed, await this.#storage.encryptStringAsync(key));
    if ((await this.#open()) !== key)
      throw new DataKeyError('The key store of this system gave back another key.');
    return key;
  }

  async #open(): Promise<string> {
    try {
      const { result, shouldReEncrypt } = await this.#storage.decryptStringAsync(readFileSync(this.#sealed));
      if (shouldReEncrypt) writeWhole(this.#sealed, await this.#storage.encryptStringAsync(result));
      return result;
    } catch (error) {
      throw new DataKeyError(
        `The secrets in ${this.#dataDir} were sealed on another machine or for another person (${(error as Error).message.replace(/\.$/, '')}). ` +
          'Open Postern there and choose "Hand over to a headless gateway" in its settings, or forget the secrets here and enter the PINs and passwords again.',
      );
    }
  }

  /** Linux without a keyring "encrypts" under a word that everybody knows: a file with rights is better, and honest. */
  async #isSafe(): Promise<boolean> {
    if (!(await this.#storage.isAsyncEncryptionAvailable())) return false;
    return this.#storage.getSelectedStorageBackend?.() !== 'basic_text';
  }
}
