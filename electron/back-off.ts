export const firstDelayMs = 1_000;
export const longestDelayMs = 60_000;
/** Whatever ran this long was well: its end is not one more of a row of failures. */
export const wellAfterMs = 120_000;

/** How long to wait before the start after `failures` failures in a row (1 or more), in milliseconds. */
export function restartDelayMs(failures: number): number {
  return Math.min(firstDelayMs * 2 ** Math.max(failures - 1, 0), longestDelayMs);
}

/** The failures in a row, with one more that came after `ranMs` milliseconds of running. */
export function countFailure(before: number, ranMs: number): number {
  return ranMs >= wellAfterMs ? 1 : before + 1;
}
