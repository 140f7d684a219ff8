import type { ModemNotice } from '../contract/event.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { Attention } from './attention.ts';

const code = 'deaf_port';

/** Warns of a modem that tells nothing of what arrives: its texts are found all the same, only later. */
export function noteDeafness(
  attention: Pick<Attention, 'raise' | 'clear'>,
  notice: ModemNotice,
  { deaf }: Pick<ModemFacts, 'deaf'>,
): void {
  if (!deaf) return attention.clear(notice.modem_id, code);
  const message = `${notice.port} tells nothing of arriving texts, though the modem promised to. They are fetched every ten seconds; where the modem has another port for commands, that is tried.`;
  attention.raise({ ...notice, problem: { code, message } });
}
