import { readRegistration } from '../gsm/at/commands.ts';
import type { Registration, RegistrationDomain, RegistrationState } from '../gsm/at/registration.ts';
import type { Ask } from './profiles/index.ts';

/** What a modem tells of each domain that it knows. */
export type Registrations = ReadonlyMap<RegistrationDomain, Registration>;

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

/** Asks how the modem stands in each domain now. */
export async function readRegistrations(ask: Ask): Promise<Registrations> {
  const found = new Map<RegistrationDomain, Registration>();
  for (const [domain] of domains) {
    const registration = await ask(readRegistration(domain));
    if (registration) found.set(domain, registration);
  }
  return found;
}

/** For a person: `calls denied, data at home, LTE at home`. */
export function registrationsInWords(registrations: Registrations): string {
  const told = domains.flatMap(([domain, name]) => {
    const registration = registrations.get(domain);
    return registration ? [`${name} ${words[registration.state]}`] : [];
  });
  return told.join(', ') || 'not told';
}
