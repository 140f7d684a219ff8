import type { ModemNotice } from '../contract/event.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { Attention } from './attention.ts';

const code = 'restarts_often';

/** A modem that started anew so often in a day has a trouble that restarts do not end. */
const restartsToWarn = 6;
/** It is over only when there are fewer than this, so that the warning does not come and go. */
const restartsToClear = 3;

/** Warns of a modem that starts anew again and again, which is most often a matter of its power. */
export function noteRestarts(
  attention: Pick<Attention, 'raise' | 'clear'>,
  notice: ModemNotice,
  { restartsInADay }: Pick<ModemFacts, 'restartsInADay'>,
): void {
  if (restartsInADay < restartsToClear) return attention.clear(notice.modem_id, code);
  if (restartsInADay < restartsToWarn) return;
  const message = `The modem at ${notice.port} started anew ${restartsToWarn} times or more in the last 24 hours. Most often that is its power: give it a USB hub with its own power supply, or a stronger power supply, and a short cable.`;
  attention.raise({ ...notice, problem: { code, message } });
}
