import type { Clock } from '../../clock.ts';
import type { Transport } from '../transport.ts';
import { judgeOctets } from './octet-judgement.ts';
import { PortEar } from './port-ear.ts';

/** The rates of modems on a UART, the likeliest first. */
export const baudRates: readonly number[] = [
  115_200, 9_600, 19_200, 38_400, 57_600, 230_400, 460_800, 921_600,
];

/** ESC leaves a prompt that a crash left behind; what it brings is not waited for long. */
const leavePrompt = '\x1b\r';
const leaveMs = 40;
/**
 * Two tries a rate, since the first AT wakes a sleeping UART or sets its rate: all rates take less than 3 s. The second
 * asks for words instead of digits or silence (V.250 6.2.5, 6.2.6).
 */
const tries = ['AT\r', 'ATQ0V1\r'];
const tryMs = 150;

/**
 * Tries rates on an open port until AT is answered at one; the port speaks at it then. Undefined where none is
 * answered, or the port goes away.
 *
 * @param first the rate that is likelier than all others: the one that answered last
 */
export async function findBaudRate(
  transport: Transport,
  clock: Clock,
  first: number,
): Promise<number | undefined> {
  const ear = new PortEar(transport, clock);
  ear.start();
  try {
    for (const rate of new Set([first, ...baudRates])) {
      if (ear.closed) return undefined;
      if (await answersAt(rate, transport, ear)) return rate;
    }
    return undefined;
  } finally {
    ear.stop();
  }
}

/** A rate that the driver does not take is passed over. */
async function answersAt(rate: number, transport: Transport, ear: PortEar): Promise<boolean> {
  const set = await transport.setBaudRate?.(rate).then(
    () => true,
    () => false,
  );
  if (!set) return false;
  const fits = (heard: string) => (judgeOctets(heard) === 'at' ? true : undefined);
  await ear.ask(leavePrompt, () => undefined, leaveMs);
  for (const command of tries) {
    if (await ear.ask(command, fits, tryMs)) return true;
  }
  return false;
}
