import { ModemError } from './modem-error.ts';
import type { Ask, Profile } from './profiles/index.ts';
import { isNamed, type SimIdentity } from './sim-directory.ts';
import { readSimIdentity } from './sim-reading.ts';

/**
 * The name of a card whose PIN was accepted by the command just before, where it had none until then: read so soon it can
 * be no other card, and the program may end before it is read the next time. Undefined where it is not told yet.
 */
export async function nameOfOpened(ask: Ask, profile: Profile): Promise<SimIdentity | undefined> {
  try {
    const card = await readSimIdentity(ask, profile);
    return isNamed(card) ? card : undefined;
  } catch (error) {
    if (error instanceof ModemError) return undefined;
    throw error;
  }
}
