import { expect, it } from 'vitest';
import { RequestAllowance } from '../../src/api/request-allowance.ts';
import { ManualClock } from '../manual-clock.ts';

it('tells a minute as 60 seconds, at whatever fraction of a millisecond it begins', async () => {
  const clock = new ManualClock();
  const allowance = new RequestAllowance(clock, 60_000);
  const told = new Set<number>();
  for (let caller = 0; caller < 500; caller++) {
    await clock.advance(1_000.1);
    told.add(allowance.take(`caller ${caller}`, 5).resetSeconds);
  }
  expect([...told]).toEqual([60]);
});
