import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Installation, readUpdate, takePackage } from '../../electron/update-file.ts';

const here: Installation = { version: '1.2.9', platform: 'linux', arch: 'x64', format: 'deb' };
const ours = generateKeyPairSync('ed25519');
const publicKey = ours.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const content = Buffer.from('the package');
const deb = {
  name: 'Postern-1.2.10-linux-amd64.deb',
  size: content.length,
  sha512: createHash('sha512').update(content).digest('hex'),
  platform: 'linux',
  arch: 'x64',
  format: 'deb',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-update-'));
  return () => rmSync(folder, { recursive: true });
});

function updateOf(manifest: unknown, key = ours.privateKey): string {
  const text = JSON.stringify(manifest);
  return JSON.stringify({ manifest: text, signature: sign(null, Buffer.from(text), key).toString('base64') });
}

const whole = { product: 'postern', version: '1.2.10', packages: [deb] };

describe('an update file', () => {
  it('names the package for this system when its signature fits', () => {
    expect(readUpdate(updateOf(whole), publicKey, here)).toEqual({ ...deb, version: '1.2.10' });
  });

  const stranger = generateKeyPairSync('ed25519').privateKey;
  it.each([
    ['signed by somebody else', updateOf(whole, stranger), 'signature does not fit'],
    ['changed afterwards', updateOf(whole).replace('1.2.10', '1.2.11'), 'signature does not fit'],
    ['without a signature', JSON.stringify({ manifest: JSON.stringify(whole) }), 'no update file'],
    ['that is something else', 'PK...', 'no update file'],
    ['of another program', updateOf({ ...whole, product: 'other' }), 'another program'],
    ['of the installed version', updateOf({ ...whole, version: '1.2.9' }), '1.2.9 is installed'],
    ['of an older version', updateOf({ ...whole, version: '1.1.99' }), '1.2.9 is installed'],
    ['without this system', updateOf({ ...whole, packages: [{ ...deb, arch: 'arm64' }] }), 'no deb package'],
    [
      'with a package elsewhere',
      updateOf({ ...whole, packages: [{ ...deb, name: '../x.deb' }] }),
      'another folder',
    ],
    ['with half a manifest', updateOf({ ...whole, packages: [{ name: 'x' }] }), 'says nothing'],
  ])('%s is refused', (_, text, reason) => {
    expect(() => readUpdate(text, publicKey, here)).toThrow(reason);
  });
});

describe('the package beside it', () => {
  const updateFile = () => join(folder, 'Postern-1.2.10.update');
  const take = () => takePackage(updateFile(), { ...deb }, join(folder, 'taken'));

  it('is copied when it is what was signed', async () => {
    writeFileSync(join(folder, deb.name), content);
    expect(readFileSync(await take())).toEqual(content);
  });

  it.each([
    ['is missing', undefined, 'must lie beside'],
    ['was changed', Buffer.from('the_package'), 'not what was signed'],
    ['is cut short', content.subarray(1), 'not what was signed'],
    ['is longer', Buffer.concat([content, content]), 'must lie beside'],
  ])('is refused when it %s, and nothing of it stays', async (_, octets, reason) => {
    if (octets) writeFileSync(join(folder, deb.name), octets);
    await expect(take()).rejects.toThrow(reason);
    expect(existsSync(join(folder, 'taken', deb.name))).toBe(false);
  });
});

it('the script that signs a release makes what the app takes', () => {
  const packages = join(folder, 'packages');
  mkdirSync(packages);
  for (const name of [deb.name, 'Postern-1.2.10-win-x64.exe', 'notes.txt'])
    writeFileSync(join(packages, name), content);
  const keyFile = join(folder, 'key.pem');
  writeFileSync(keyFile, ours.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const script = join(import.meta.dirname, '../../scripts/sign-update.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, keyFile, packages], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const text = readFileSync(join(packages, 'Postern-1.2.10.update'), 'utf8');
  expect(readUpdate(text, publicKey, here)).toEqual({ ...deb, version: '1.2.10' });
  expect(readUpdate(text, publicKey, { ...here, platform: 'win32', format: 'exe' }).name).toMatch(/\.exe$/);
});
