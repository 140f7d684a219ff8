import fc from 'fast-check';
import { expect, test } from 'vitest';
import { happenings } from './commands.ts';
import { checkEnd } from './invariants.ts';
import { World } from './world.ts';

interface Lives {
  readonly count: number;
  /** The same lives at every run: new ones are looked for where somebody waits for what they show. */
  readonly seed?: number;
  readonly mostHappenings: number;
  /** Whether a failing life is made as short as it goes. */
  readonly shrinks: boolean;
  readonly limitMs: number;
}

/** Lets anything happen in so many orders by chance, or in `MODEL_RUNS` orders; `MODEL_SEED` makes them the same again. */
export function liveThrough({ count, seed: always, mostHappenings, shrinks, limitMs }: Lives): void {
  const numRuns = Number(process.env.MODEL_RUNS ?? count);
  const seed = Number(process.env.MODEL_SEED ?? always ?? Date.now() % 1_000_000);

  test('whatever happens in whatever order, every text keeps to its life and none is stuck', {
    timeout: limitMs,
  }, async () => {
    process.stderr.write(`${numRuns} lives; the same again: MODEL_SEED=${seed}\n`);
    let texts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.commands(happenings, { maxCommands: mostHappenings, size: '+1' }),
        async (commands) => {
          const world = await World.begin();
          try {
            await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
            await world.mend();
            await checkEnd(world);
          } finally {
            texts += world.texts.length;
            await world.end();
          }
        },
      ),
      {
        numRuns,
        seed,
        ...(process.env.MODEL_PATH && { path: process.env.MODEL_PATH }),
        endOnFailure: !shrinks && process.env.MODEL_SHRINK === undefined,
      },
    );
    expect(texts).toBeGreaterThan(0);
  });
}
