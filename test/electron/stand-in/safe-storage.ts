import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from './app.ts';

/** The system's store of keys: a file of this person on this machine. STAND_IN_NO_KEYRING is a system without one. */
function personalKey(): Buffer {
  const file = process.env.STAND_IN_KEYRING ?? join(app.getPath('home'), 'keyring');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32));
  return readFileSync(file);
}

export const safeStorage = {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => !process.env.STAND_IN_NO_KEYRING,

  getSelectedStorageBackend: (): string => process.env.STAND_IN_KEYRING_KIND ?? 'gnome_libsecret',

  async encryptStringAsync(plain: string): Promise<Buffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', personalKey(), nonce);
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v10'), nonce, cipher.getAuthTag(), body]);
  },

  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const wrong = new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    if (sealed.subarray(0, 3).toString() !== 'v10') throw wrong;
    const decipher = createDecipheriv('aes-256-gcm', personalKey(), sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(15, 31));
    try {
      const result = decipher.update(sealed.subarray(31), undefined, 'utf8') + decipher.final('utf8');
      return { result, shouldReEncrypt: false };
    } catch {
      throw wrong;
    }
  },
};
