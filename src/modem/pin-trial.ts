import { delay } from '../clock.ts';
import { enterPin } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import { asking } from './optional.ts';
import { readTries } from './sim-reading.ts';
import { busyRetryMs, busyTries, settledState, simBusyCodes } from './sim-settling.ts';
import type { Unlocking } from './sim-unlock.ts';

/**
 * What came of a PIN:
 * - `unanswered`: it may have been tried
 * - `busy`: the SIM was busy each time, and still asks for it
 */
export type PinFate = 'right' | 'refused' | 'unanswered' | 'busy';

/** A modem that does not count the tries is believed once that its SIM, being busy, has not looked at the PIN. */
const uncountedEntries = 2;

/**
 * Enters a PIN. What a busy SIM made of it is not told by that answer but by the state in which it is afterwards, and by
 * the count of its tries, of which `tries` were left: as long as none was spent it may be entered again.
 *
 * @throws Obstacle where the SIM stays busy, or cannot be spoken to any more
 */
export async function tryPin(
  channel: AtChannel,
  unlocking: Unlocking,
  pin: string,
  tries: number | undefined,
): Promise<PinFate> {
  const most = tries === undefined ? uncountedEntries : busyTries;
  for (let entry = 0; entry < most && !unlocking.signal.aborted; entry++) {
    if (entry > 0) await delay(unlocking.clock, busyRetryMs, unlocking.signal);
    const answer = await enterOnce(channel, pin);
    if (answer !== 'busy') return answer;
    const state = await settledState(channel, unlocking);
    if (state === 'ready') return 'right';
    if (state === 'puk') return 'refused';
    const left = await readTries(asking(channel), 'pin', unlocking.identity.profile);
    if (tries !== undefined && left !== tries) return left === undefined ? 'busy' : 'refused';
  }
  return 'busy';
}

async function enterOnce(channel: AtChannel, pin: string): Promise<PinFate> {
  try {
    await channel.run(enterPin(pin), 'control');
    return 'right';
  } catch (error) {
    if (!(error instanceof ModemError)) throw error;
    if (error.refusal && simBusyCodes.has(error.refusal.code)) return 'busy';
    return error.code === 'refused' ? 'refused' : 'unanswered';
  }
}
