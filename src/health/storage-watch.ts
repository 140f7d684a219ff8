import type { ModemNotice } from '../contract/event.ts';
import type { WarningWord } from '../contract/modem.ts';
import type { ModemFacts } from '../modem/modem-facts.ts';
import type { StoreState } from '../modem/modem-health.ts';
import type { Attention } from './attention.ts';

/** Warns of stores that fill up although all that can be taken out of them is. */
export class StorageWatch {
  readonly #attention: Attention;

  constructor(attention: Attention) {
    this.#attention = attention;
  }

  /** A modem fares so; what is not known says nothing. */
  note(notice: ModemNotice, { health }: ModemFacts): void {
    if (!health) return;
    const stores = health.stores.filter(({ arriving }) => arriving);
    const full = stores.find((store) => store.full);
    this.#tell(notice, 'storage_full', full);
    this.#tell(notice, 'storage_filling', full ? undefined : stores.find((store) => store.filling));
  }

  #tell(notice: ModemNotice, code: WarningWord, store: StoreState | undefined): void {
    if (!store) return this.#attention.clear(notice.modem_id, code);
    this.#attention.raise({ ...notice, problem: { code, message: sentenceOf(store) } });
  }
}

const names: Readonly<Record<string, string>> = {
  SM: 'The message storage of the SIM',
  ME: 'The message storage of the modem',
  MT: 'The message storage of the modem and its SIM',
  SR: 'The storage for delivery reports',
};

function sentenceOf(store: StoreState): string {
  const { storage, used, total, full } = store;
  const name = names[storage] ?? `The message storage ${storage}`;
  const state = full ? `is full (${used} of ${total})` : `fills up (${used} of ${total})`;
  const effect = full ? 'Nothing more can arrive.' : 'When it is full, nothing more can arrive.';
  return `${name} ${state}. ${effect} ${causeOf(store)}`;
}

function causeOf({ storage, foreign, stuck }: StoreState): string {
  const where = storage === 'SM' ? 'put the SIM in a telephone and delete them there' : 'delete them there';
  if (foreign > 0 && foreign >= stuck) {
    return `Texts in it that a telephone or another program sent or drafted (${foreign}) are left alone: ${where}.`;
  }
  if (stuck > 0) {
    return `Texts in it that are kept by Postern (${stuck}) cannot be deleted by the modem: ${where}, or try another SIM or modem.`;
  }
  return 'What arrives is taken out; if this stays so, restart the modem, or try its SIM in a telephone.';
}
