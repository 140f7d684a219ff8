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
  await until(clock, 'settled', () => over, limitMs).catch(async (error: Error) => {
    if (!(await endsByItself(promise))) throw error;
  });
  return promise;
}

const longestIoMs = 60_000;

/** What waits for the system, a socket that closes or a file, takes its own time, whatever the clock of the test says. */
async function endsByItself(promise: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), longestIoMs);
  const ended = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
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
