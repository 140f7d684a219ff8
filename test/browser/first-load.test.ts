import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../dist/renderer');
const mostBytes = 350_000;

/** The scripts that a script needs before it can run, itself among them. */
function loadedBy(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const source = read(file);
  for (const [, needed] of source.matchAll(/(?:from|^import|;import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    if (needed) loadedBy(needed, known);
  }
  return known;
}

const read = (file: string) => readFileSync(join(built, 'assets', file), 'utf8');
const namedIn = (source: string) =>
  [...source.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, file]) => file ?? '');

it('keeps the first screen under 350 kB of scripts and styles, and the other screens out of it', () => {
  const first = namedIn(readFileSync(join(built, 'index.html'), 'utf8'));
  // the few lines that begin the page name what its program needs
  const program = first.filter((file) => file.endsWith('.js')).flatMap((file) => namedIn(read(file)));
  const named = [...first, ...program];
  const scripts = named.filter((file) => file.endsWith('.js')).flatMap((file) => [...loadedBy(file)]);
  const files = new Set([...scripts, ...named]);
  const bytes = [...files]
    .map((file) => gzipSync(readFileSync(join(built, 'assets', file))).length)
    .reduce((sum, length) => sum + length, 0);
  expect(program.filter((file) => file.startsWith('main-'))).not.toEqual([]);
  expect(
    [...files].filter((file) =>
      /^(?:modem|compose|keys|webhooks|settings|messages)-[\w-]{8}\.js$/.test(file),
    ),
  ).toEqual([]);
  expect(bytes).toBeLessThan(mostBytes);
});

it('has nothing to wait for before the first paint but a few lines', () => {
  const first = namedIn(readFileSync(join(built, 'index.html'), 'utf8'));
  const bytes = first.map((file) => read(file).length).reduce((sum, length) => sum + length, 0);
  expect(first.filter((file) => file.endsWith('.css'))).toHaveLength(1);
  expect(bytes).toBeLessThan(10_000);
});

it('leaves the schemas of the contract to the gateway', () => {
  const scripts = readdirSync(join(built, 'assets')).filter((file) => /^(?!docs-).*\.js$/.test(file));
  expect(scripts.length).toBeGreaterThan(10);
  expect(scripts.filter((file) => read(file).includes('ZodError'))).toEqual([]);
});
