import type { Command } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';

/** The answer to something that not every modem knows: undefined where it refuses. */
export async function optional<Answer>(
  channel: AtChannel,
  command: Command<Answer>,
): Promise<Answer | undefined> {
  try {
    return await channel.run(command, 'control');
  } catch (error) {
    if (error instanceof ModemError && error.code === 'refused') return undefined;
    throw error;
  }
}
