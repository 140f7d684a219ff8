import type { Command } from '../gsm/at/commands.ts';
import type { AtChannel, Run } from './at-channel.ts';
import type { Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import type { Ask } from './profiles/index.ts';

/** The answer to something that not every modem knows: undefined where it refuses. */
export function optional<Answer>(
  channel: AtChannel,
  command: Command<Answer>,
  priority: Priority = 'control',
): Promise<Answer | undefined> {
  return asking(channel, priority)(command);
}

/** Asks over a channel, a command at a time. */
export function asking(channel: AtChannel, priority: Priority = 'control'): Ask {
  return askingBy((command) => channel.run(command, priority));
}

/** Asks within a sequence that nothing comes between. */
export function askingBy(run: Run): Ask {
  return async (command) => {
    try {
      return await run(command);
    } catch (error) {
      if (error instanceof ModemError && error.code === 'refused') return undefined;
      throw error;
    }
  };
}
