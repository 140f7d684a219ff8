import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: this file lies at another depth in the sources than when built. */
export const packageDir = findPackageDir(dirname(fileURLToPath(import.meta.url)));

/** The version that package.json states. */
export const version = (
  JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }
).version;

/** Where `npm run build` puts the pages. */
export const rendererDir = join(packageDir, 'dist', 'renderer');

function findPackageDir(from: string): string {
  if (existsSync(join(from, 'package.json')) || dirname(from) === from) return from;
  return findPackageDir(dirname(from));
}
