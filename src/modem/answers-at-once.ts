import { type Clock, delay } from '../clock.ts';
import { attention } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';

const withinMs = 3_000;

/** Whether the modem answers to AT as soon as its port is free; false leaves the line as it is, to be given up. */
export async function answersAtOnce(channel: AtChannel, clock: Clock): Promise<boolean> {
  const patience = new AbortController();
  const asked = channel.sequence('control', (run) => {
    const answer = run(attention).then(
      () => true,
      () => false,
    );
    return Promise.race([answer, delay(clock, withinMs, patience.signal).then(() => false)]);
  });
  const answers = await asked.catch(() => false);
  patience.abort();
  return answers;
}
