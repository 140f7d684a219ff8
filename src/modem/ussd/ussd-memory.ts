import type { UssdForm } from '../../gsm/ussd/string.ts';

/** How a person wants the codes of one modem to be written; `automatic` finds out what its model understands. */
export type UssdWay = 'automatic' | 'plain' | 'packed' | 'ucs2';

/** What is remembered of how modems want their USSD strings. */
export interface UssdMemory {
  ussdWay(modemId: string): UssdWay;
  /** The form in which modems of this model were answered. */
  ussdForm(model: string): UssdForm | undefined;
  keepUssdForm(model: string, form: UssdForm): void;
}
