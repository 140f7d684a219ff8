import { freeText, readRegistration, readSignal } from '../gsm/at/commands.ts';
import { readServiceCentre } from '../gsm/at/health-commands.ts';
import type { RegistrationDomain, RegistrationState } from '../gsm/at/registration.ts';
import type { AtChannel } from './at-channel.ts';
import { askingBy } from './optional.ts';

/** The cause of the last failure in the modem's own words, TS 27.007 4.10. */
const readExtendedError = freeText('AT+CEER', 3_000);
const saysNothing = /^(?:no (?:cause|error|report)|normal|0$)/i;

const domains: readonly (readonly [RegistrationDomain, string])[] = [
  ['circuit', 'calls'],
  ['packet', 'data'],
  ['evolved', 'LTE'],
];

const words: Readonly<Record<RegistrationState, string>> = {
  home: 'at home',
  roaming: 'roaming',
  searching: 'searching',
  denied: 'denied',
  none: 'not registered',
};

/**
 * How a modem stands right after it refused a text, in plain words: what may explain a refusal that gives no reason. It
 * is asked in one go, before anything else makes it forget.
 */
export function circumstancesOf(channel: AtChannel): Promise<string> {
  return channel.sequence('control', async (run) => {
    const ask = askingBy(run);
    const cause = await ask(readExtendedError);
    const registrations: string[] = [];
    for (const [domain, name] of domains) {
      const registration = await ask(readRegistration(domain));
      if (registration) registrations.push(`${name} ${words[registration.state]}`);
    }
    const signal = await ask(readSignal);
    const serviceCentre = await ask(readServiceCentre);
    return [
      `registration: ${registrations.join(', ') || 'not told'}`,
      `signal: ${signal === undefined ? 'not known' : `${signal} dBm`}`,
      `service centre: ${serviceCentre ?? 'none'}`,
      ...(cause && !saysNothing.test(cause) ? [`the modem adds: ${cause}`] : []),
    ].join('; ');
  });
}
