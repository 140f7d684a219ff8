import { execFileSync } from 'node:child_process';
import { codecs } from './codecs.ts';
import { corpus, type Sample } from './corpus.ts';
import type { Figures } from './measure.ts';

export type Direction = keyof Figures;
export const directions: readonly Direction[] = ['encode', 'decode'];

/** What each library takes for each sample of the corpus, in microseconds, by the library's name. */
export type Measurement = ReadonlyMap<string, readonly Figures[]>;

/** How many times as fast this codec is as the fastest other library on one sample. */
export interface Advantage {
  readonly sample: Sample;
  readonly times: number;
}

/** Rounds take turns, so that a busy moment of the machine hits all alike; the best of each counts. */
const rounds = 3;

function measure(library: string): readonly Figures[] {
  const script = new URL('measure.ts', import.meta.url).pathname;
  const output = execFileSync(process.execPath, [script, library], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output) as Figures[];
}

function better(a: number | null | undefined, b: number | null): number | null {
  return a === null || a === undefined || b === null ? b : Math.min(a, b);
}

/** Measures each library, in processes of their own. */
export function measureAll(): Measurement {
  const best = new Map<string, readonly Figures[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const library of Object.keys(codecs)) {
      const known = best.get(library);
      const merge = (now: Figures, index: number): Figures => ({
        encode: better(known?.[index]?.encode, now.encode),
        decode: better(known?.[index]?.decode, now.decode),
      });
      best.set(library, measure(library).map(merge));
    }
  }
  return best;
}

/** The sample on which the fastest other library that gets it right comes nearest to this codec. */
export function leastAdvantage(measurement: Measurement, direction: Direction): Advantage {
  const advantages = corpus.map((sample, index) => {
    const figures = Array.from(measurement, ([library, all]) => ({ library, took: all[index]?.[direction] }));
    const ours = figures.find(({ library }) => library === 'postern')?.took ?? Number.NaN;
    const others = figures.filter(({ library }) => library !== 'postern');
    return { sample, times: Math.min(...others.map(({ took }) => took ?? Number.POSITIVE_INFINITY)) / ours };
  });
  return advantages.reduce((least, next) => (next.times < least.times ? next : least));
}
