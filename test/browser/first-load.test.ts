import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../dist/renderer');
const mostBytes = 350_000;

/** The scripts that a script needs before it can run, itself among them. */
function loadedBy(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const source = readFileSync(join(built, 'assets', file), 'utf8');
  for (const [, needed] of source.matchAll(/(?:from|^import|;import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    if (needed) loadedBy(needed, known);
  }
  return known;
}

it('keeps the first screen under 350 kB of scripts and styles, and the other screens out of it', () => {
  const index = readFileSync(join(built, 'index.html'), 'utf8');
  const named = [...index.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, file]) => file ?? '');
  const scripts = named.filter((file) => file.endsWith('.js')).flatMap((file) => [...loadedBy(file)]);
  const files = new Set([...scripts, ...named]);
  const bytes = [...files]
    .map((file) => gzipSync(readFileSync(join(built, 'assets', file))).length)
    .reduce((sum, length) => sum + length, 0);
  expect(files.size).toBeGreaterThan(1);
  expect(
    [...files].filter((file) => /^(?:modem|compose|keys|webhooks|settings|messages)-/.test(file)),
  ).toEqual([]);
  expect(bytes).toBeLessThan(mostBytes);
});
