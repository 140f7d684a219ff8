import { expect, it } from 'vitest';
import { throttle } from '../../../renderer/live/throttle.ts';
import { ManualClock } from '../../manual-clock.ts';

it('acts at once, then at most once in the interval, and never forgets the last call', async () => {
  const clock = new ManualClock();
  const times: number[] = [];
  const throttled = throttle(() => times.push(clock.monotonic()), 1_000, clock);
  throttled.call();
  throttled.call();
  throttled.call();
  await clock.advance(5_000);
  throttled.call();
  expect(times).toEqual([0, 1_000, 5_000]);
});

it('rests when it is stopped', async () => {
  const clock = new ManualClock();
  let calls = 0;
  const throttled = throttle(() => calls++, 1_000, clock);
  throttled.call();
  throttled.call();
  throttled.stop();
  await clock.advance(5_000);
  expect(calls).toBe(1);
});
