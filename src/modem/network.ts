import {
  longOperatorNames,
  readOperator,
  readRegistration,
  readSignal,
  reportRegistration,
} from '../gsm/at/commands.ts';
import {
  canCarryTexts,
  type Registration,
  type RegistrationDomain,
  type RegistrationState,
  technologyName,
} from '../gsm/at/registration.ts';
import type { AtChannel } from './at-channel.ts';
import { optional } from './optional.ts';

const domains: readonly RegistrationDomain[] = ['circuit', 'packet', 'evolved'];

/** A sample of how a modem stands with the network. */
export interface NetworkSample {
  readonly registered: boolean;
  readonly registration: RegistrationState;
  readonly technology: string | undefined;
  readonly operator: string | undefined;
  /** dBm */
  readonly signal: number | undefined;
}

/** Asks to be told of changes; a domain that the modem does not have is let be. */
export async function watchRegistration(channel: AtChannel): Promise<void> {
  for (const domain of domains) {
    const detailed = await optional(channel, { ...reportRegistration(domain, 2), parse: () => true });
    if (!detailed) await optional(channel, reportRegistration(domain, 1));
  }
  await optional(channel, longOperatorNames);
}

/** Reads all that a person wants to see of the network. */
export async function sampleNetwork(channel: AtChannel): Promise<NetworkSample> {
  const registrations: Registration[] = [];
  for (const domain of domains) {
    const registration = await optional(channel, readRegistration(domain));
    if (registration) registrations.push(registration);
  }
  const operator = await optional(channel, readOperator);
  const signal = await optional(channel, readSignal);
  const technology = registrations
    .map((registration) => registration.technology)
    .findLast((name) => name !== undefined);
  return {
    registered: canCarryTexts(registrations),
    registration: bestState(registrations),
    technology: technology ?? technologyName(operator?.accessTechnology),
    operator: operator?.name,
    signal,
  };
}

const byWorth: readonly RegistrationState[] = ['home', 'roaming', 'denied', 'searching', 'none'];

function bestState(registrations: readonly Registration[]): RegistrationState {
  return (
    byWorth.find((state) => registrations.some((registration) => registration.state === state)) ?? 'none'
  );
}
