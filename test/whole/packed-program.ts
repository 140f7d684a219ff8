import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface Lock {
  readonly packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
}

/**
 * Lays out in `folder` what `npm install` of the packed program makes: the `files` that npm packs and the packages
 * that the program depends on, without those that only its developers need, and without a Node.js.
 *
 * @returns the path of the command
 */
export function installPacked(folder: string, files: readonly string[]): string {
  const home = join(folder, 'node_modules', 'postern');
  for (const file of files) cpSync(join(root, file), join(home, file));
  for (const name of neededPackages()) link(join(root, name), join(folder, name));
  return join(home, 'dist/gateway/cli.js');
}

/** Puts beside the program, as npm would for this system, a Node.js: the one that runs the tests, by another path. */
export function addNode(folder: string): void {
  const home = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
  const program = join(home, 'bin/node');
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{}');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  chmodSync(program, 0o755);
}

/** What npm puts into the package, as paths from the root of the project. */
export function packedFiles(): string[] {
  const npm = process.env.npm_execpath;
  const [program, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const words = [...before, 'pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=silent'];
  const listed = JSON.parse(execFileSync(program, words, { cwd: root, encoding: 'utf8' }));
  const [packed] = Object.values(listed) as { files: { path: string }[] }[];
  return (packed?.files ?? []).map(({ path }) => path);
}

function neededPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  return Object.entries(packages)
    .filter(
      ([path, { dev, devOptional }]) =>
        /^node_modules\/(?!.*\/node_modules\/)/.test(path) && !dev && !devOptional,
    )
    .map(([path]) => path)
    .filter(
      (path) => !/^node_modules\/node-(?:linux|win|darwin)-/.test(path) && existsSync(join(root, path)),
    );
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to);
}
