import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { SteadyClock } from '../../src/messages/steady-clock.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

const dayMs = 24 * 3_600_000;

it.each([400 * dayMs, -400 * dayMs])('a clock that is set by %d ms is doubted in the same moment', (byMs) => {
  const clock = new ManualClock();
  const steady = new SteadyClock(clock, temporaryDatabase(), silentLog, () => {});
  steady.start(undefined);
  expect(steady.doubt).toBeUndefined();
  clock.shift(byMs);
  expect(steady.doubt?.sentence).toContain('jumped');
  steady.stop();
});

it('is believed on the word of a person only once that word is on disk', () => {
  const clock = new ManualClock();
  const database = temporaryDatabase();
  const moved: number[] = [];
  const steady = new SteadyClock(clock, database, silentLog, (byMs) => void moved.push(byMs));
  steady.start(undefined);
  clock.shift(-dayMs);
  const taken = () =>
    database.transaction(() => {
      steady.believe();
      throw new Error('the disk is full');
    });
  expect(taken).toThrow('full');
  expect(steady.doubt).toBeDefined();
  steady.believe();
  expect([steady.doubt, moved, steady.now()]).toEqual([undefined, [-dayMs, -dayMs], clock.now()]);
  steady.stop();
});
