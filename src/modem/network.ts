import {
  longOperatorNames,
  readImsTexts,
  readOperator,
  readRegistration,
  readSignal,
  reportRegistration,
} from '../gsm/at/commands.ts';
import {
  canCarryTexts,
  isRegistered,
  type Registration,
  type RegistrationDomain,
  type RegistrationState,
  type RegistrationStates,
  technologyName,
} from '../gsm/at/registration.ts';
import type { AtChannel } from './at-channel.ts';
import type { Priority } from './job-queue.ts';
import { Obstacle } from './obstacle.ts';
import { optional } from './optional.ts';

/** So long without a network before a person is told. */
const unregisteredPatienceMs = 60_000;

const domains: readonly RegistrationDomain[] = ['circuit', 'packet', 'evolved'];

/** A sample of how a modem stands with the network. */
export interface NetworkSample {
  /** Whether texts can pass. */
  readonly registered: boolean;
  /** The best of all domains, as far as texts pass there. */
  readonly registration: RegistrationState;
  /** By domain, where the modem knows it. */
  readonly registrations: RegistrationStates;
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

/** Reads all that a person wants to see of the network, asking for the priority of each command anew. */
export async function sampleNetwork(channel: AtChannel, priority: () => Priority): Promise<NetworkSample> {
  const found = new Map<RegistrationDomain, Registration>();
  for (const domain of domains) {
    const registration = await optional(channel, readRegistration(domain), priority());
    if (registration) found.set(domain, registration);
  }
  const operator = await optional(channel, readOperator, priority());
  const signal = await optional(channel, readSignal, priority());
  const states = Object.fromEntries([...found].map(([domain, { state }]) => [domain, state]));
  const registered = await textsPass(channel, states, priority);
  const technology = [...found.values()]
    .map((registration) => registration.technology)
    .findLast((name) => name !== undefined);
  return {
    registered,
    registration: !registered && isRegistered(states) ? 'denied' : bestState(states),
    registrations: states,
    technology: technology ?? technologyName(operator?.accessTechnology),
    operator: operator?.name,
    signal,
  };
}

/** Only where it decides is IMS asked for. */
async function textsPass(
  channel: AtChannel,
  states: RegistrationStates,
  priority: () => Priority,
): Promise<boolean> {
  if (canCarryTexts(states) || !isRegistered(states)) return canCarryTexts(states);
  return canCarryTexts(states, await optional(channel, readImsTexts, priority()));
}

const denied = new Obstacle(
  'registration_denied',
  'The network refuses this SIM. Ask the operator whether it is active.',
);
const dataOnly = new Obstacle(
  'registration_denied',
  'The network lets this SIM use data, but no calls and no texts. Ask the operator whether its plan has texts; if so, let the modem use 2G or 3G as well.',
);

/** What a person is told of a modem over which no texts pass, once it had time to find a network. */
export function registrationObstacle(
  { registration, registrations }: Pick<NetworkSample, 'registration' | 'registrations'>,
  forMs: number,
): Obstacle | undefined {
  if (registration === 'denied') return isRegistered(registrations) ? dataOnly : denied;
  if (forMs < unregisteredPatienceMs) return undefined;
  return new Obstacle(
    'not_registered',
    'The modem finds no network. Check the aerial, or move it to a window.',
  );
}

const byWorth: readonly RegistrationState[] = ['home', 'roaming', 'denied', 'searching', 'none'];

function bestState(states: RegistrationStates): RegistrationState {
  return byWorth.find((state) => Object.values(states).includes(state)) ?? 'none';
}
