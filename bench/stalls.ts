import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Postern } from './postern.ts';
import { eventually } from './stopwatch.ts';

/** The longest time that a main thread was at one thing: by the clock, and by the processor time that it took. */
export interface Stall {
  readonly ms: number;
  readonly cpuMs: number;
}

const watch = fileURLToPath(new URL('./stall-watch.ts', import.meta.url));

/** What a gateway is started with so that `longestStall` can ask it. */
export const watchedStart = (file: string) => ({
  nodeOptions: ['--import', watch],
  environment: { POSTERN_BENCH_STALLS: file },
});

/** The longest since this was asked last. */
export async function longestStall(postern: Postern, file: string): Promise<Stall> {
  rmSync(file, { force: true });
  process.kill(postern.pid, 'SIGUSR2');
  const told = await eventually('The gateway told its stalls', async () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text.endsWith('}') ? text : undefined;
  });
  return JSON.parse(told) as Stall;
}
