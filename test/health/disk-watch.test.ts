import { expect, test } from 'vitest';
import { DiskWatch, leastFreeBytes } from '../../src/health/disk-watch.ts';
import { silentLog } from '../../src/log.ts';
import { ManualClock } from '../manual-clock.ts';

test('a disk that fills up is told of with what is left, and forgotten when it has room', async () => {
  const clock = new ManualClock();
  let free: number | undefined = leastFreeBytes;
  const watch = new DiskWatch('/data', clock, silentLog, async () => free);
  await watch.start();
  expect(watch.obstacle).toBeUndefined();
  free = 3_999_999;
  await clock.advance(5_000);
  expect(watch.obstacle).toMatch(/^The disk of \/data is full: 3 MB are left/);
  free = undefined; // a system that does not tell is believed to have room: SQLite will say
  await clock.advance(5_000);
  expect(watch.obstacle).toBeUndefined();
  watch.stop();
});
