import { X509Certificate } from 'node:crypto';
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selfMadeIdentity } from '../../src/tls/self-made-certificate.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

const dayMs = 24 * 3_600_000;
const names = ['localhost', '127.0.0.1', '::1', 'till.local'];

test('a certificate is made for all names, kept from other users, and stays the same', async () => {
  const dataDir = temporaryFolder();
  const clock = new ManualClock();
  const made = await selfMadeIdentity(dataDir, names, clock);
  const certificate = new X509Certificate(made.cert);
  expect(certificate.checkHost('till.local')).toBe('till.local');
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkHost('evil.example')).toBeUndefined();
  expect(Date.parse(certificate.validTo) - clock.now()).toBe(825 * dayMs - (clock.now() % 1_000));
  expect(statSync(join(dataDir, 'tls', 'postern.key')).mode & 0o777).toBe(0o600);
  expect(await selfMadeIdentity(dataDir, names.slice(0, 2), clock)).toEqual(made);
});

test('it is made anew for a further name, and before it ends', async () => {
  const dataDir = temporaryFolder();
  const clock = new ManualClock();
  const { fingerprint } = await selfMadeIdentity(dataDir, names, clock);
  const further = await selfMadeIdentity(dataDir, [...names, 'sms.example'], clock);
  expect(further.fingerprint).not.toBe(fingerprint);
  clock.shift(794 * dayMs);
  expect((await selfMadeIdentity(dataDir, names, clock)).fingerprint).toBe(further.fingerprint);
  clock.shift(2 * dayMs);
  expect((await selfMadeIdentity(dataDir, names, clock)).fingerprint).not.toBe(further.fingerprint);
});

test('a pair that a stop in the middle left halfway is made anew', async () => {
  const [dataDir, other] = [temporaryFolder(), temporaryFolder()];
  const clock = new ManualClock();
  const { fingerprint } = await selfMadeIdentity(dataDir, names, clock);
  await selfMadeIdentity(other, names, clock);
  renameSync(join(other, 'tls', 'postern.key'), join(dataDir, 'tls', 'postern.key'));
  const anew = await selfMadeIdentity(dataDir, names, clock);
  expect(anew.fingerprint).not.toBe(fingerprint);
  expect(await selfMadeIdentity(dataDir, names, clock)).toEqual(anew);
});
