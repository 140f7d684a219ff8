/**
 * The PDU codec beside other libraries of npm that do the same work, all in one run: `node bench/pdu/run.ts`. What a
 * library gets wrong is not timed. `pdu.ts` is told the alphabet of a text to encode, the others choose it. The last
 * columns say how many times as fast this codec is.
 */
import { type Direction, directions, leastAdvantage, type Measurement, measureAll } from './comparison.ts';
import { corpus } from './corpus.ts';

function shown(figure: number | null | undefined): string {
  return figure === null || figure === undefined ? 'wrong' : figure.toFixed(2);
}

function table(results: Measurement): string[][] {
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
  const rows = directions.flatMap((direction) => corpus.map((_, index) => row(direction, index)));
  return [['µs', 'alphabet', 'characters', ...libraries, ...rivals.map((rival) => `than ${rival}`)], ...rows];
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
}

const results = measureAll();
print(table(results));
for (const direction of directions) {
  const { sample, times } = leastAdvantage(results, direction);
  console.log(
    `\nleast advantage, ${direction}: ${times.toFixed(1)} x (${sample.alphabet}, ${sample.characters})`,
  );
}
const long = corpus.findIndex(({ alphabet, characters }) => alphabet === 'gsm7' && characters === 160);
const decode = results.get('postern')?.[long]?.decode ?? Number.NaN;
console.log(
  `\n${Math.round(1e6 / decode).toLocaleString('en')} decodes a second of a DELIVER of 160 characters, on one core`,
);
