/**
 * Makes the file by which a Postern at an air-gapped site is updated: a manifest of the packages of a release and its
 * Ed25519 signature.
 *
 *   node scripts/sign-update.mjs --new-key KEY.pem     makes a key pair; the public half goes to build/update-key.pem
 *   node scripts/sign-update.mjs KEY.pem FOLDER        signs the packages in FOLDER
 */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const systems = { win: 'win32', mac: 'darwin', linux: 'linux' };
/** electron-builder's words for processors, which differ from package to package. */
const processors = { x64: 'x64', amd64: 'x64', x86_64: 'x64', arm64: 'arm64', aarch64: 'arm64' };
const packageName = /^Postern-(\d+\.\d+\.\d+)-(win|mac|linux)-(\w+)\.(exe|dmg|AppImage|deb|rpm)$/;

const [first, second] = process.argv.slice(2);
if (first === '--new-key' && second) makeKey(second);
else if (first && second) signPackages(first, second);
else fail('Usage: sign-update.mjs --new-key KEY.pem | KEY.pem FOLDER');

function makeKey(file) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(join(root, 'build/update-key.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  console.log(
    `${file} signs updates: keep it secret. build/update-key.pem is packed into Postern and checks them.`,
  );
}

function signPackages(keyFile, folder) {
  const found = readdirSync(folder)
    .map((name) => packageName.exec(name))
    .filter(Boolean);
  const versions = [...new Set(found.map(([, version]) => version))];
  if (versions.length !== 1)
    fail(`${folder} must hold the packages of one version; it holds ${versions.length}.`);
  const manifest = JSON.stringify({
    product: 'postern',
    version: versions[0],
    packages: found.map(([name, , system, processor, format]) => {
      const octets = readFileSync(join(folder, name));
      const sha512 = createHash('sha512').update(octets).digest('hex');
      return {
        name,
        size: octets.length,
        sha512,
        platform: systems[system],
        arch: processors[processor],
        format,
      };
    }),
  });
  const signature = sign(null, Buffer.from(manifest), createPrivateKey(readFileSync(keyFile))).toString(
    'base64',
  );
  const target = join(folder, `Postern-${versions[0]}.update`);
  writeFileSync(target, JSON.stringify({ manifest, signature }));
  console.log(target);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
