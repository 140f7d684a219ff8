import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selfMadeIdentity } from '../../src/tls/self-made-certificate.ts';
import { ageWarning, readIdentity } from '../../src/tls/tls-identity.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

const dayMs = 24 * 3_600_000;

/** Files that a person may name by mistake, beside a pair that is right. */
async function folderOfFiles(): Promise<(name: string) => string> {
  const [folder, other] = [temporaryFolder(), temporaryFolder()];
  const clock = new ManualClock();
  const right = await selfMadeIdentity(folder, ['localhost'], clock);
  const wrong = await selfMadeIdentity(other, ['localhost'], clock);
  const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' } as const;
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: locked,
  });
  const contents = {
    'right.crt': right.cert,
    'right.key': right.key,
    'other.key': wrong.key,
    'locked.key': privateKey,
    'letter.txt': 'Dear Sir or Madam',
    'empty.txt': '',
  };
  const place = (name: string) => join(folder, name);
  for (const [name, content] of Object.entries(contents)) writeFileSync(place(name), content);
  mkdirSync(place('folder'));
  return place;
}

test('a certificate and its key are read, with what is to be known of them', async () => {
  const place = await folderOfFiles();
  const identity = readIdentity(place('right.crt'), place('right.key'));
  expect(identity.fingerprint).toMatch(/^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/);
  expect(identity.validTo - identity.validFrom).toBe(826 * dayMs);
});

test.each([
  ['none.crt', 'right.key', 'none.crt cannot be read: there is no such file.'],
  ['right.crt', 'none.key', 'none.key cannot be read: there is no such file.'],
  ['folder', 'right.key', 'folder cannot be read: it is a folder.'],
  ['letter.txt', 'right.key', 'letter.txt holds no certificate in PEM, which begins with'],
  ['empty.txt', 'right.key', 'empty.txt holds no certificate in PEM, which begins with'],
  ['right.key', 'right.crt', 'right.key holds no certificate in PEM, which begins with'],
  ['right.crt', 'letter.txt', 'letter.txt holds no private key in PEM, which begins with'],
  ['right.crt', 'right.crt', 'right.crt holds no private key in PEM, which begins with'],
  ['right.crt', 'other.key', 'other.key is not the one of the certificate in'],
  ['right.crt', 'locked.key', 'locked.key is locked with a passphrase.'],
])('%s with %s is told of in a sentence', async (cert, key, sentence) => {
  const place = await folderOfFiles();
  const read = () => readIdentity(place(cert), place(key));
  expect(read).toThrow(expect.objectContaining({ code: 'tls_error' }));
  expect(read).toThrow(sentence);
});

test('a certificate is warned of before it is valid, two weeks before its end, and after it', () => {
  const [validFrom, validTo] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  const at = (now: number) => ageWarning({ certFile: 'a.crt', validFrom, validTo }, now);
  expect(at(validFrom - 1)).toContain('not valid before 2026-01-01');
  expect(at(validFrom)).toBeUndefined();
  expect(at(validTo - 14 * dayMs)).toBeUndefined();
  expect(at(validTo - 14 * dayMs + 1)).toBe(
    'The certificate ends on 2027-01-01. Put a new one into a.crt and start Postern again.',
  );
  expect(at(validTo + 1)).toContain('has ended on 2027-01-01');
});
