import { type Clock, delay } from '../clock.ts';
import { readPinState } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import { Obstacle } from './obstacle.ts';
import { type SimState, simStateOf, simStateOfRefusal } from './sim-state.ts';

/** A SIM that says it is busy, or nothing yet, is asked again at this pace for this long. */
export const busyRetryMs = 1_000;
export const busyTries = 30;

/** SIM busy, as +CME and as +CMS have it. */
export const simBusyCodes: ReadonlySet<number | undefined> = new Set([14, 314]);

export type SettledState = Exclude<SimState, 'busy' | Obstacle>;

/**
 * Asks until the SIM is in a state that can be gone on from, for as long as one may be busy.
 *
 * @throws Obstacle that only a person can clear, or that it does not get ready
 */
export async function settledState(
  channel: AtChannel,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  settled: (state: SettledState) => boolean = () => true,
): Promise<SettledState> {
  for (let attempt = 0; attempt < busyTries && !signal.aborted; attempt++) {
    const state = await askState(channel);
    if (state instanceof Obstacle) throw state;
    if (state !== 'busy' && settled(state)) return state;
    await delay(clock, busyRetryMs, signal);
  }
  throw new Obstacle(
    'sim_busy',
    'The SIM does not get ready. Take it out and put it back, or try it in a telephone.',
  );
}

async function askState(channel: AtChannel): Promise<SimState> {
  try {
    const words = await channel.run(readPinState, 'control');
    return words ? simStateOf(words) : 'busy';
  } catch (error) {
    if (error instanceof ModemError && error.refusal) return simStateOfRefusal(error.refusal);
    throw error;
  }
}
