import { expect, test } from 'vitest';
import { Pruning } from '../../src/gateway/pruning.ts';
import { silentLog } from '../../src/log.ts';
import { IdempotencyStore, idempotencyWindowMs } from '../../src/store/idempotency-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

test('answers kept for repeated requests are forgotten in slices, the oldest first, and all of them in the end', async () => {
  const clock = new ManualClock();
  const database = temporaryDatabase();
  const answers = new IdempotencyStore(database);
  const keep = (at: number) => {
    for (let place = 0; place < 450; place++)
      answers.keep('key', `${at} ${place}`, { requestHash: 'hash', answer: '{}' }, clock.now());
  };
  keep(1);
  await clock.advance(idempotencyWindowMs);
  keep(2);
  const left = () => database.prepare('SELECT count(*) FROM idempotency').pluck().get();
  const slices: unknown[] = [left()];
  const pruning = new Pruning(clock, silentLog, [(limit) => answers.prune(clock.now(), limit)]);
  pruning.start();
  for (let slice = 0; slice < 4; slice++) {
    slices.push(left());
    await clock.advance(50);
  }
  expect(slices).toEqual([900, 700, 500, 450, 450]);
  expect(answers.find('key', '1 449', clock.now())).toBeUndefined();
  expect(answers.find('key', '2 0', clock.now())).toBeDefined();
  await clock.advance(idempotencyWindowMs + 3_600_000);
  expect(left()).toBe(0);
  pruning.stop();
});

test('what the disk does not let be forgotten now is forgotten an hour later', async () => {
  const clock = new ManualClock();
  let refuses = true;
  let asked = 0;
  const pruning = new Pruning(clock, silentLog, [
    () => {
      asked++;
      if (refuses) throw new Error('the disk is full');
      return 0;
    },
  ]);
  pruning.start();
  refuses = false;
  await clock.advance(3_600_000);
  expect(asked).toBe(2);
  pruning.stop();
});
