import type { AtChannel } from '../at-channel.ts';
import { askingBy } from '../optional.ts';
import { type Registrations, readRegistrations, registrationsInWords } from '../registration-words.ts';
import { UssdError, type UssdErrorCode } from './ussd-error.ts';

/** What a network without circuit-switched services does with a code. */
const maybeWithoutCircuit: ReadonlySet<UssdErrorCode> = new Set(['no_answer', 'refused', 'unsupported']);

/** Stat values of TS 27.007 7.2 and up: registered, and for more than short messages. */
const fullyRegistered: ReadonlySet<number | undefined> = new Set([1, 5, 9, 10]);

/**
 * Why a code failed, where the modem is registered for packets alone: USSD is a service of the circuit-switched network
 * (TS 23.090), and few operators carry it over IMS. A modem may show nothing in +CREG and be served all the same, so that
 * this is told only after a failure. Any other error stays as it is.
 */
export async function explainedByNetwork(channel: AtChannel, error: unknown): Promise<unknown> {
  if (!(error instanceof UssdError) || !maybeWithoutCircuit.has(error.code)) return error;
  const registrations = await channel
    .sequence('control', (run) => readRegistrations(askingBy(run)))
    .catch(() => undefined);
  if (!registrations || !isForPacketsAlone(registrations)) return error;
  const standing = registrationsInWords(registrations);
  return new UssdError('no_circuit', error.what, {
    cause: error,
    advice: `Codes such as *100# need the circuit-switched (voice) network, and the modem is registered for data alone (${standing}). Let it use 2G or 3G as well, or ask the operator how else this SIM tells its balance.`,
  });
}

function isForPacketsAlone(registrations: Registrations): boolean {
  const isIn = (domain: 'circuit' | 'packet' | 'evolved') =>
    fullyRegistered.has(registrations.get(domain)?.stat);
  return !isIn('circuit') && (isIn('packet') || isIn('evolved'));
}
