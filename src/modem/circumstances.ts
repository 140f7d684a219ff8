import { freeText, readSignal } from '../gsm/at/commands.ts';
import { readServiceCentre } from '../gsm/at/health-commands.ts';
import type { AtChannel } from './at-channel.ts';
import { askingBy } from './optional.ts';
import { readRegistrations, registrationsInWords } from './registration-words.ts';

/** The cause of the last failure in the modem's own words, TS 27.007 4.10. */
const readExtendedError = freeText('AT+CEER', 3_000);
const saysNothing = /^(?:no (?:cause|error|report)|normal|0$)/i;

/**
 * How a modem stands right after it refused a text, in plain words: what may explain a refusal that gives no reason. It
 * is asked in one go, before anything else makes it forget.
 */
export function circumstancesOf(channel: AtChannel): Promise<string> {
  return channel.sequence('control', async (run) => {
    const ask = askingBy(run);
    const cause = await ask(readExtendedError);
    const registrations = await readRegistrations(ask);
    const signal = await ask(readSignal);
    const serviceCentre = await ask(readServiceCentre);
    return [
      `registration: ${registrationsInWords(registrations)}`,
      `signal: ${signal === undefined ? 'not known' : `${signal} dBm`}`,
      `service centre: ${serviceCentre ?? 'none'}`,
      ...(cause && !saysNothing.test(cause) ? [`the modem adds: ${cause}`] : []),
    ].join('; ');
  });
}
