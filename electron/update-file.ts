import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The update cannot be used; `message` says why and what to do. */
export class UpdateError extends Error {
  readonly code = 'update_refused';

  constructor(message: string) {
    super(message);
    this.name = 'UpdateError';
  }
}

/** One package of a release. `sha512` is in hexadecimal, `size` in octets. */
export interface UpdatePackage {
  readonly name: string;
  readonly size: number;
  readonly sha512: string;
  readonly platform: string;
  readonly arch: string;
  readonly format: string;
}

interface Manifest {
  readonly product: string;
  readonly version: string;
  readonly packages: readonly UpdatePackage[];
}

/** Where an update is to run. */
export interface Installation {
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  /** `exe`, `dmg`, `AppImage`, `deb` or `rpm`. */
  readonly format: string;
}

/**
 * The package for this installation that an update file names. The file holds the manifest of a release as a text and
 * an Ed25519 signature (RFC 8032) of that text's octets.
 *
 * @param publicKey in PEM
 * @throws UpdateError for a signature that does not fit, another product, an older version, another system
 */
export function readUpdate(
  text: string,
  publicKey: string,
  here: Installation,
): UpdatePackage & { readonly version: string } {
  const manifest = readManifest(text, publicKey);
  if (manifest.product !== 'postern') throw new UpdateError('This is an update of another program.');
  if (compareVersions(manifest.version, here.version) <= 0)
    throw new UpdateError(`The file brings Postern ${manifest.version}; ${here.version} is installed.`);
  const fitting = manifest.packages.find(
    ({ platform, arch, format }) =>
      platform === here.platform && arch === here.arch && format === here.format,
  );
  if (!fitting)
    throw new UpdateError(`The file brings no ${here.format} package for ${here.platform} on ${here.arch}.`);
  if (basename(fitting.name) !== fitting.name || fitting.name.includes('\\'))
    throw new UpdateError('The file names a package in another folder.');
  return { ...fitting, version: manifest.version };
}

/**
 * Copies the package that lies beside the update file into `folder`, and answers where. What is copied is what is
 * checked, so that nobody can exchange it in between; what does not fit is deleted.
 */
export async function takePackage(
  updateFile: string,
  update: UpdatePackage,
  folder: string,
): Promise<string> {
  const source = join(dirname(updateFile), update.name);
  const target = join(folder, update.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(target, { force: true });
  const sum = createHash('sha512');
  let size = 0;
  const watched = new Transform({
    transform(piece: Buffer, _encoding, done) {
      sum.update(piece);
      size += piece.length;
      done(size > update.size ? new Error('it is longer than it should be') : null, piece);
    },
  });
  try {
    await pipeline(createReadStream(source), watched, createWriteStream(target, { mode: 0o700 }));
  } catch (error) {
    rmSync(target, { force: true });
    throw new UpdateError(
      `${update.name} must lie beside the update file and be whole (${(error as Error).message}).`,
    );
  }
  if (size === update.size && sum.digest('hex') === update.sha512) return target;
  rmSync(target, { force: true });
  throw new UpdateError(`${update.name} is not what was signed. Get it again.`);
}

function readManifest(text: string, publicKey: string): Manifest {
  const outer = parse(text);
  if (typeof outer.manifest !== 'string' || typeof outer.signature !== 'string')
    throw new UpdateError('This is no update file of Postern.');
  const signature = Buffer.from(outer.signature, 'base64');
  if (!verify(null, Buffer.from(outer.manifest), createPublicKey(publicKey), signature))
    throw new UpdateError(
      'The signature does not fit: the file was changed, or is not from who made this Postern.',
    );
  const manifest = parse(outer.manifest);
  if (!isManifest(manifest)) throw new UpdateError('The update file says nothing about its packages.');
  return manifest;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new UpdateError('This is no update file of Postern.');
}

function isManifest(value: object): value is Manifest {
  const { product, version, packages } = value as Record<string, unknown>;
  if (typeof product !== 'string' || typeof version !== 'string' || !/^\d+\.\d+\.\d+$/.test(version))
    return false;
  return Array.isArray(packages) && packages.every(isPackage);
}

function isPackage(value: unknown): value is UpdatePackage {
  if (typeof value !== 'object' || value === null) return false;
  const { name, size, sha512, platform, arch, format } = value as Record<string, unknown>;
  const texts = [name, sha512, platform, arch, format];
  return texts.every((text) => typeof text === 'string' && text !== '') && Number.isInteger(size);
}

/** Versions are three numbers; what is behind them does not count. */
function compareVersions(one: string, other: string): number {
  const numbers = (version: string) => (version.split('-')[0] ?? '').split('.').map(Number);
  const [left, right] = [numbers(one), numbers(other)];
  const place = left.findIndex((number, index) => number !== right[index]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}
