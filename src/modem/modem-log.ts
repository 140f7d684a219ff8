import type { Logger } from '../log.ts';
import type { ModemFacts } from './modem-facts.ts';

/** Writes down what a person who reads the log wants to know of a modem: that it serves, is lost, or needs something. */
export function logChange(log: Logger, facts: ModemFacts, before: ModemFacts): void {
  const { port, id, state, obstacle, recovery } = facts;
  if (state === 'ready' && before.state !== 'ready') log.info({ port, id }, 'modem ready');
  if (before.state === 'ready' && state !== 'ready' && state !== 'registering')
    log.info({ port, id, state, why: obstacle?.message ?? recovery?.reason }, 'modem lost');
  if (obstacle && obstacle.code !== 'port_absent' && obstacle.code !== before.obstacle?.code)
    log.warn({ port, id, code: obstacle.code, why: obstacle.message }, 'a modem needs attention');
}
