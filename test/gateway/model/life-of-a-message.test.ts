import fc from 'fast-check';
import { expect, test } from 'vitest';
import { happenings } from './commands.ts';
import { checkEnd } from './invariants.ts';
import { World } from './world.ts';

/** `npm run test:model` takes its time: many long lives, and a failing one is made as short as it goes. */
const isLong = process.env.MODE === 'model';
const runs = Number(process.env.MODEL_RUNS ?? (isLong ? 300 : 12));
const mostHappenings = isLong ? 120 : 40;
const limitMs = isLong ? 7_200_000 : 600_000;
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);
const shrinks = isLong || process.env.MODEL_SHRINK !== undefined;

test('whatever happens in whatever order, every text keeps to its life and none is stuck', {
  timeout: limitMs,
}, async () => {
  if (isLong) process.stderr.write(`${runs} lives; the same again: MODEL_SEED=${seed}\n`);
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
      numRuns: runs,
      seed,
      ...(process.env.MODEL_PATH && { path: process.env.MODEL_PATH }),
      endOnFailure: !shrinks,
    },
  );
  expect(texts).toBeGreaterThan(0);
});
