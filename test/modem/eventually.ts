import type { ManualClock } from '../manual-clock.ts';

/** Turns the clock in steps until `promise` is settled, for at most `limitMs`; what it came to. */
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
  for (let passedMs = 0; ; passedMs += stepMs) {
    await clock.advance(over || passedMs === 0 ? 0 : stepMs);
    if (over) return promise;
    if (passedMs >= limitMs) throw new Error(`not settled within ${limitMs} ms of the clock`);
  }
}

const stepMs = 100;

/** Turns the clock in steps until `condition` holds, for at most `limitMs`. */
export async function until(
  clock: ManualClock,
  what: string,
  condition: () => boolean,
  limitMs = 600_000,
): Promise<void> {
  await clock.advance(0);
  for (let passedMs = 0; !condition(); passedMs += stepMs) {
    if (passedMs >= limitMs) throw new Error(`${what}: not within ${limitMs} ms of the clock`);
    await clock.advance(stepMs);
  }
}
