import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** One import statement: which file says it, what it names, and whether only types come of it. */
export interface Import {
  readonly from: string;
  /** A path from the root of the project for one of our own files, else the name of a package. */
  readonly to: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

/** Every source file below a folder, as paths from the root with forward slashes. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).split(sep).join('/'))
    .filter((path) => /\.(?:ts|tsx|cts)$/.test(path) && !path.endsWith('.d.ts'));
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:([^'"`;]*?)\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** The imports of a file, static and dynamic, re-exports among them. */
export function importsOf(file: string): Import[] {
  return [...textOf(file).matchAll(statement)].map((match) => {
    const [, typeKeyword, names = '', fixed, dynamic] = match;
    const target = fixed ?? dynamic ?? '';
    const ours = target.startsWith('.');
    const to = ours
      ? relative(root, resolve(root, dirname(file), target))
          .split(sep)
          .join('/')
      : packageName(target);
    return { from: file, to, ours, typeOnly: typeKeyword !== undefined || onlyTypes(names) };
  });
}

/** `{ type A, type B }` leaves nothing behind when it runs. */
function onlyTypes(names: string): boolean {
  const listed = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (listed === undefined) return false;
  const each = listed
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return each.length > 0 && each.every((name) => name.startsWith('type '));
}

function packageName(target: string): string {
  if (target.startsWith('node:')) return target;
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
