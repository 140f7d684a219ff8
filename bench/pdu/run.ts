/**
 * The PDU codec beside other libraries of npm that do the same work, all in one run: `node bench/pdu/run.ts`.
 * A library that is not installed is left out; what a library gets wrong is not timed. `pdu.ts` is told the alphabet of
 * a text to encode, the others choose it. The last columns say how many times as fast this codec is.
 */
import { execFileSync } from 'node:child_process';
import { codecs } from './codecs.ts';
import { corpus } from './corpus.ts';
import type { Figures } from './measure.ts';

type Direction = keyof Figures;

/** Rounds take turns, so that a busy moment of the machine hits all alike; the best of each counts. */
const rounds = 3;

function measure(library: string): readonly Figures[] | undefined {
  const script = new URL('measure.ts', import.meta.url).pathname;
  try {
    const output = execFileSync(process.execPath, [script, library], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output) as Figures[];
  } catch {
    return undefined;
  }
}

function better(a: number | null | undefined, b: number | null): number | null {
  return a === null || a === undefined || b === null ? b : Math.min(a, b);
}

/** The best figures of each library that could be measured. */
function measureAll(): Map<string, readonly Figures[]> {
  const best = new Map<string, readonly Figures[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const library of Object.keys(codecs)) {
      const known = best.get(library);
      const figures = measure(library);
      if (figures === undefined) continue;
      const merge = (now: Figures, index: number): Figures => ({
        encode: better(known?.[index]?.encode, now.encode),
        decode: better(known?.[index]?.decode, now.decode),
      });
      best.set(library, figures.map(merge));
    }
  }
  return best;
}

function shown(figure: number | null | undefined): string {
  return figure === null || figure === undefined ? 'wrong' : figure.toFixed(2);
}

function table(results: ReadonlyMap<string, readonly Figures[]>): string[][] {
  const libraries = Array.from(results.keys());
  const rivals = libraries.filter((library) => library !== 'postern');
  const row = (direction: Direction, index: number): string[] => {
    const figure = (library: string) => results.get(library)?.[index]?.[direction];
    const own = figure('postern') ?? Number.NaN;
    const times = rivals.map((rival) => `${((figure(rival) ?? Number.NaN) / own).toFixed(1)} x`);
    const { alphabet = '', characters = 0 } = corpus[index] ?? {};
    return [
      direction,
      alphabet,
      String(characters),
      ...libraries.map((library) => shown(figure(library))),
      ...times,
    ];
  };
  const rows = (['encode', 'decode'] as const).flatMap((direction) =>
    corpus.map((_, index) => row(direction, index)),
  );
  return [['µs', 'alphabet', 'characters', ...libraries, ...rivals.map((rival) => `than ${rival}`)], ...rows];
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
}

const results = measureAll();
print(table(results));
const long = corpus.findIndex(({ alphabet, characters }) => alphabet === 'gsm7' && characters === 160);
const decode = results.get('postern')?.[long]?.decode ?? Number.NaN;
console.log(
  `\n${Math.round(1e6 / decode).toLocaleString('en')} decodes a second of a DELIVER of 160 characters, on one core`,
);
const absent = Object.keys(codecs).filter((library) => !results.has(library));
if (absent.length > 0) console.log(`Not installed: ${absent.join(', ')}`);
