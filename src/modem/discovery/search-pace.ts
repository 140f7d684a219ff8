import type { PortGroup } from './port-group.ts';

/** Why no port of a device could be chosen. */
export type Want = 'busy' | 'forbidden' | 'hidden' | 'silent';

/** ModemManager knocks at everything new for half a minute and mostly lets go again: so long it is waited out. */
export const busyPatienceMs = 40_000;
/** A modem that starts shows its ports before it answers. */
export const silencePatienceMs = 45_000;

const busyMs = 2_000;
const laterMs = 10_000;
const forbiddenMs = 5_000;
const silentModemMs = [2_000, 3_000, 5_000, 10_000, 30_000, 60_000];
/** Behind a bridge may be anything, which each opening disturbs a little. */
const silentOtherMs = [5_000, 15_000, 60_000, 600_000];

/** How long to wait before the ports of a device are tried again, after so many tries and so much time in vain. */
export function pauseMs(want: Want, kind: PortGroup['kind'], tries: number, sinceMs: number): number {
  if (want === 'busy') return sinceMs < busyPatienceMs ? busyMs : laterMs;
  if (want === 'forbidden') return forbiddenMs;
  if (want === 'hidden') return laterMs;
  const steps = kind === 'modem' ? silentModemMs : silentOtherMs;
  return steps[Math.min(tries, steps.length) - 1] ?? laterMs;
}
