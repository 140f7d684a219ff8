import type { ManualClock } from '../manual-clock.ts';

/** Turns the clock until `promise` is settled, for at most `limitMs`; what it came to. */
export async function settled<Result>(
  clock: ManualClock,
  promise: Promise<Result>,
  limitMs = 600_000,
): Promise<Result> {
  let over = false;
  const end = () => {
    over = true;
  };
  promise.then(end, end);
  await until(clock, 'settled', () => over, limitMs);
  return promise;
}

/** Turns the clock, from one thing that falls due to the next, until `condition` holds, for at most `limitMs`. */
export async function until(
  clock: ManualClock,
  what: string,
  condition: () => boolean,
  limitMs = 600_000,
): Promise<void> {
  await clock.advance(0);
  for (let passedMs = 0; !condition(); ) {
    if (passedMs >= limitMs) throw new Error(`${what}: not within ${limitMs} ms of the clock`);
    passedMs += await clock.step(limitMs - passedMs);
  }
}
