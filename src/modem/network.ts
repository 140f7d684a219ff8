import {
  longOperatorNames,
  readFifthGeneration,
  readImsTexts,
  readOperator,
  readRegistration,
  readSignal,
  reportRegistration,
} from '../gsm/at/commands.ts';
import {
  isForDataAlone,
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
  readonly registered: boolean;
  /** Registered, but denied all but data, and IMS is not known to carry texts: whether they pass, only trying shows. */
  readonly dataAlone: boolean;
  /** The best of all domains. */
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
  if (!isRegistered(statesOf(found))) await lookInFifthGeneration(channel, priority, found);
  const operator = await optional(channel, readOperator, priority());
  const signal = await optional(channel, readSignal, priority());
  const states = statesOf(found);
  const technology = [...found.values()]
    .map((registration) => registration.technology)
    .findLast((name) => name !== undefined);
  return {
    registered: isRegistered(states),
    dataAlone: isForDataAlone(states) && (await optional(channel, readImsTexts, priority())) !== true,
    registration: bestState(states),
    registrations: states,
    technology: technology ?? technologyName(operator?.accessTechnology),
    operator: operator?.name,
    signal,
  };
}

/** A 5G core is what follows LTE, and counts as that; it is asked for where nothing else is registered. */
async function lookInFifthGeneration(
  channel: AtChannel,
  priority: () => Priority,
  found: Map<RegistrationDomain, Registration>,
): Promise<void> {
  const fifth = await optional(channel, readFifthGeneration, priority());
  if (fifth && isRegistered({ evolved: fifth.state })) found.set('evolved', fifth);
}

function statesOf(found: ReadonlyMap<RegistrationDomain, Registration>): RegistrationStates {
  return Object.fromEntries([...found].map(([domain, { state }]) => [domain, state]));
}

const denied = new Obstacle(
  'registration_denied',
  'The network refuses this SIM. Ask the operator whether it is active.',
);
/** What a person is told where the network refused a text of a SIM that it lets use data. */
export const dataAloneObstacle = new Obstacle(
  'registration_denied',
  'The network lets this SIM use data, but no calls and no texts. Ask the operator whether its plan has texts; if so, let the modem use 2G or 3G as well.',
);

/** What a person is told of a modem without a network, once it had time to find one. */
export function registrationObstacle(state: RegistrationState, forMs: number): Obstacle | undefined {
  if (state === 'denied') return denied;
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
