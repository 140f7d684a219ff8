import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { DataKey, type KeyStorage } from '../../electron/data-key.ts';
import { readKeyFile, SecretBox } from '../../src/store/secret-box.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'postern-key-'));
  return () => rmSync(dataDir, { recursive: true });
});

const exists = (name: string) => existsSync(join(dataDir, name));

/** The key store of one person on one machine. */
function storage(options: { readonly available?: boolean; readonly backend?: string } = {}): KeyStorage {
  const personal = randomBytes(32);
  return {
    isAsyncEncryptionAvailable: async () => options.available ?? true,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    async encryptStringAsync(plain) {
      const cipher = createCipheriv('aes-256-gcm', personal, Buffer.alloc(12));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([cipher.getAuthTag(), body]);
    },
    async decryptStringAsync(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', personal, Buffer.alloc(12));
      decipher.setAuthTag(sealed.subarray(0, 16));
      return {
        result: decipher.update(sealed.subarray(16), undefined, 'utf8') + decipher.final('utf8'),
        shouldReEncrypt: false,
      };
    },
  };
}

/** A box under a key as it is handed to the gateway. */
async function box(key: DataKey): Promise<SecretBox> {
  return new SecretBox(Buffer.from((await key.unwrap()) ?? '', 'base64'));
}

describe('the data key of a directory on the desktop', () => {
  it('is made once, lies there only sealed, and opens the secrets at every start', async () => {
    const key = new DataKey(dataDir, storage());
    const sealed = (await box(key)).seal('1234');
    expect((await box(key)).open(sealed)).toBe('1234');
    expect(exists('secret.key')).toBe(false);
    expect(statSync(join(dataDir, 'secret.sealed')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'secret.sealed')).includes((await key.unwrap()) ?? '-')).toBe(false);
  });

  it('is taken over from a headless gateway, with the secrets that were sealed there', async () => {
    const sealed = new SecretBox(readKeyFile(dataDir)).seal('1234');
    expect((await box(new DataKey(dataDir, storage()))).open(sealed)).toBe('1234');
    expect(exists('secret.key')).toBe(false);
  });

  it('is handed over to a headless gateway, with the secrets that were sealed here', async () => {
    const key = new DataKey(dataDir, storage());
    const sealed = (await box(key)).seal('1234');
    await key.handOver();
    expect(new SecretBox(readKeyFile(dataDir)).open(sealed)).toBe('1234');
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(exists('secret.sealed')).toBe(false);
    await key.handOver();
    expect(new SecretBox(readKeyFile(dataDir)).open(sealed)).toBe('1234');
  });

  it('keeps a headless gateway from making another key beside it, and tells what to do', async () => {
    await new DataKey(dataDir, storage()).unwrap();
    expect(() => readKeyFile(dataDir)).toThrow(expect.objectContaining({ code: 'sealed' }));
    expect(() => readKeyFile(dataDir)).toThrow('Hand over to a headless gateway');
    expect(exists('secret.key')).toBe(false);
  });

  it('is refused on another machine until the person forgets it, and is not lost even then', async () => {
    await new DataKey(dataDir, storage()).unwrap();
    const elsewhere = new DataKey(dataDir, storage());
    await expect(elsewhere.unwrap()).rejects.toThrow('sealed on another machine');
    await expect(elsewhere.handOver()).rejects.toThrow('sealed on another machine');
    expect(exists('secret.key')).toBe(false);
    elsewhere.forget();
    await elsewhere.unwrap();
    expect(exists('secret.sealed.unreadable')).toBe(true);
  });

  it.each([{ available: false }, { backend: 'basic_text' }])(
    'is left to the key file where the system keeps none safely: %o',
    async (options) => {
      expect(await new DataKey(dataDir, storage(options)).unwrap()).toBeUndefined();
      const headless = readKeyFile(dataDir);
      expect(await new DataKey(dataDir, storage(options)).unwrap()).toBeUndefined();
      expect(readKeyFile(dataDir)).toEqual(headless);
    },
  );

  it('leaves a key file that is damaged where it is', async () => {
    const file = join(dataDir, 'secret.key');
    writeFileSync(file, 'nonsense');
    expect(await new DataKey(dataDir, storage()).unwrap()).toBeUndefined();
    expect(() => readKeyFile(dataDir)).toThrow('is no key');
  });
});
