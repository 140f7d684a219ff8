const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** What is waited after the first failed attempt, after the second, and so on. Milliseconds. */
const pausesMs = [
  10 * secondMs,
  30 * secondMs,
  2 * minuteMs,
  10 * minuteMs,
  hourMs,
  6 * hourMs,
  24 * hourMs,
] as const;

/** Up to so much longer, so that what failed together does not come again together. */
const jitter = 0.2;

/**
 * How long to wait after the `attempts`-th failed attempt, in milliseconds; undefined: it is given up.
 *
 * @param random from 0 up to 1
 */
export function retryPauseMs(attempts: number, random: number): number | undefined {
  const pauseMs = pausesMs[attempts - 1];
  return pauseMs && Math.round(pauseMs * (1 + jitter * random));
}
