import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { SteadyClock } from '../../src/messages/steady-clock.ts';
import { ManualClock } from '../manual-clock.ts';

const dayMs = 24 * 3_600_000;

it.each([400 * dayMs, -400 * dayMs])('a clock that is set by %d ms is doubted in the same moment', (byMs) => {
  const clock = new ManualClock();
  const steady = new SteadyClock(clock, silentLog, () => {});
  steady.start(undefined);
  expect(steady.doubt).toBeUndefined();
  clock.shift(byMs);
  expect(steady.doubt?.sentence).toContain('jumped');
  steady.stop();
});
