import type { ModemFacts } from './modem-facts.ts';
import { Obstacle } from './obstacle.ts';

/** So many attempts at a port that never answered as a modem are enough to tell a person. */
const attemptsToTell = 3;

/** All that can be done from here was done, and a hand is needed. */
export function needsPerson({ recovery, port, model }: ModemFacts): Obstacle | undefined {
  if (recovery?.step !== 'needs_person') return undefined;
  return new Obstacle(
    'needs_person',
    `The modem at ${port}${model ? ` (${model})` : ''} does not come back: ${recovery.reason}. Setting it up anew, ` +
      'opening its port anew and restarting it did not help. Pull it out and plug it in again; if this happens often, ' +
      'give it a USB hub with its own power supply. It is tried again from time to time.',
  );
}

/** What is at the port has never answered as a modem does. */
export function noAnswer({ recovery, port, imei }: ModemFacts): Obstacle | undefined {
  if (imei !== undefined || (recovery?.attempts ?? 0) < attemptsToTell) return undefined;
  return new Obstacle(
    'no_answer',
    `${port} does not answer as a modem. Unplug it and plug it in again, or name another port.`,
  );
}

/** A person has let the modem go: another program can have its port. */
export function released(port: string): Obstacle {
  return new Obstacle(
    'port_released',
    `The modem at ${port} is disabled: other programs can use its port. Its texts wait until it is enabled again.`,
  );
}

/** Another port of the same modem is served. */
export function standingBy(port: string, other: string): Obstacle {
  return new Obstacle(
    'port_absent',
    `${port} is another port of the modem at ${other}, which is served there.`,
  );
}
