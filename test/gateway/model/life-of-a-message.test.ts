import fc from 'fast-check';
import { expect, test } from 'vitest';
import { happenings } from './commands.ts';
import { checkEnd } from './invariants.ts';
import { World } from './world.ts';

const runs = Number(process.env.MODEL_RUNS ?? 12);
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);

test('whatever happens in whatever order, every text keeps to its life and none is stuck', async () => {
  let texts = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(happenings, { maxCommands: 40, size: '+1' }), async (commands) => {
      const world = await World.begin();
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
        await world.mend();
        await checkEnd(world);
      } finally {
        texts += world.texts.length;
        await world.end();
      }
    }),
    {
      numRuns: runs,
      seed,
      ...(process.env.MODEL_PATH && { path: process.env.MODEL_PATH }),
      endOnFailure: process.env.MODEL_SHRINK === undefined,
    },
  );
  expect(texts).toBeGreaterThan(0);
});
