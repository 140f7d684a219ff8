import type { Clock } from '../clock.ts';
import type { GatewaySettings } from '../contract/settings.ts';
import type { Logger } from '../log.ts';
import type { NumberListStore } from '../store/number-list-store.ts';
import { sameRecipient } from './recipient-match.ts';

type Words = Pick<GatewaySettings, 'opt_out_replies' | 'opt_out_words' | 'opt_in_words'>;

/** What of an arriving text decides. */
export interface Reply {
  readonly from: string | undefined;
  readonly body: string;
}

/** A reply that is nothing but one of the words that a person set puts its sender on the list, or takes it off. */
export class OptOut {
  readonly #lists: NumberListStore;
  readonly #settings: () => Words;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(lists: NumberListStore, settings: () => Words, clock: Clock, log: Logger) {
    this.#lists = lists;
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
  }

  /** Inside the transaction that the text is written in. */
  heard({ from, body }: Reply): void {
    const settings = this.#settings();
    if (!settings.opt_out_replies || from === undefined || !/^\+?\d+$/.test(from)) return;
    const word = plain(body);
    if (settings.opt_out_words.some((known) => plain(known) === word)) this.#add(from);
    else if (settings.opt_in_words.some((known) => plain(known) === word)) this.#remove(from);
  }

  #add(number: string): void {
    this.#lists.add('opted-out', { number, note: null, source: 'reply' }, this.#clock.now());
    this.#log.info({ number }, 'a recipient wants no more texts');
  }

  #remove(number: string): void {
    const same = this.#lists.similar('opted-out', number).filter((listed) => sameRecipient(listed, number));
    for (const listed of same) this.#lists.remove('opted-out', listed);
    if (same.length > 0) this.#log.info({ number }, 'a recipient wants texts again');
  }
}

/** Without case, and without the blanks and marks that people put around a word. */
function plain(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toUpperCase();
}
