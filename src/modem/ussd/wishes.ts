import type { UssdForm } from '../../gsm/ussd/string.ts';
import type { Logger } from '../../log.ts';
import type { ModemIdentity } from '../modem-identity.ts';
import type { UssdPreference } from '../profiles/index.ts';
import type { UssdMemory, UssdWay } from './ussd-memory.ts';

/** How a modem is to be given its USSD strings, as far as that is known by now. */
export interface UssdWishes {
  /** What its family wants. */
  preference(): UssdPreference;
  /** What a person wants. */
  way(): UssdWay;
  /** The form that brought an answer before. */
  proven(): UssdForm | undefined;
  prove(form: UssdForm): void;
}

/** The wishes of the modem that is being spoken with; one that does not tell its model is remembered as long as that. */
export function ussdWishes(
  identity: Pick<ModemIdentity, 'id' | 'model' | 'profile'>,
  memory: UssdMemory,
  log: Logger,
): UssdWishes {
  let proven: UssdForm | undefined;
  return {
    preference: () => identity.profile.ussd,
    way: () => memory.ussdWay(identity.id),
    proven: () => proven ?? (identity.model === undefined ? undefined : memory.ussdForm(identity.model)),
    prove(form) {
      proven = form;
      if (identity.model === undefined || memory.ussdForm(identity.model) === form) return;
      try {
        memory.keepUssdForm(identity.model, form);
      } catch (error) {
        log.warn({ err: error }, 'the form of USSD strings cannot be written down');
      }
    },
  };
}
