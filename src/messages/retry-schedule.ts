/** Pauses after the first, second, … refusal that may pass by itself. Milliseconds. */
const pausesMs = [10_000, 30_000, 120_000, 300_000, 900_000];
const hourMs = 3_600_000;
const hourlyJitter = 0.2;

/** After so many attempts a text is given up. */
export const mostAttempts = 8;

/** The pause before the one more try that some refusals get. */
export const onceMorePauseMs = 30_000;

/**
 * How long a text waits after its n-th refused attempt: 10 s, 30 s, 2 min, 5 min, 15 min, then an hour give or
 * take 20 %, so that what failed together does not come back together. Whole milliseconds, as the store keeps times.
 *
 * @param attempts how many were made, from 1
 * @param random a number from 0 to 1
 */
export function retryPauseMs(attempts: number, random: number): number {
  return pausesMs[attempts - 1] ?? Math.round(hourMs * (1 + hourlyJitter * (2 * random - 1)));
}
