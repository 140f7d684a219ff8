import { expect, it, onTestFinished } from 'vitest';
import { SleepWatch } from '../../src/modem/sleep-watch.ts';
import { ManualClock } from '../manual-clock.ts';

const hour = 3_600_000;

/** A clock whose ticks may come late, and the gaps that were noticed. */
function watched() {
  const clock = new ManualClock();
  const gaps: number[] = [];
  let lateMs = 0;
  const watch = new SleepWatch(
    {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (delayMs, action) => clock.after(delayMs + lateMs, action),
    },
    (gapMs) => gaps.push(gapMs),
  );
  const start = (late = 0) => {
    lateMs = late;
    watch.start();
    lateMs = 0;
  };
  onTestFinished(() => watch.stop());
  return { clock, gaps, watch, start };
}

it('an ordinary hour has no gap', async () => {
  const { clock, gaps, start } = watched();
  start();
  await clock.advance(hour);
  expect(gaps).toEqual([]);
});

it.each([
  ['a sleep in which the monotonic clock stood still', 3 * hour],
  ['a clock set back', -2 * hour],
  ['a clock set by a few seconds', 6_000],
])('%s is noticed with the next tick, once', async (_, byMs) => {
  const { clock, gaps, start } = watched();
  start();
  await clock.advance(10_000);
  clock.shift(byMs);
  await clock.advance(60_000);
  expect(gaps).toEqual([byMs]);
});

it.each([4_000, -4_000])('a clock corrected by %i ms is none', async (byMs) => {
  const { clock, gaps, start } = watched();
  start();
  clock.shift(byMs);
  await clock.advance(60_000);
  expect(gaps).toEqual([]);
});

it('a sleep in which the monotonic clock went on is noticed by the late tick', async () => {
  const { clock, gaps, start } = watched();
  start(hour);
  await clock.advance(2 * hour);
  expect(gaps).toEqual([hour]);
});

it('what was stopped notices nothing', async () => {
  const { clock, gaps, start, watch } = watched();
  start();
  watch.stop();
  clock.shift(hour);
  await clock.advance(60_000);
  expect(gaps).toEqual([]);
});
