import type { GatewaySettings } from '../contract/settings.ts';
import type { NumberListStore } from '../store/number-list-store.ts';
import { sameRecipient } from './recipient-match.ts';

export type RecipientRefusalCode = 'RECIPIENT_OPTED_OUT' | 'RECIPIENT_BLOCKED';

/** Why nothing is sent to somebody. */
export interface RecipientRefusal {
  readonly code: RecipientRefusalCode;
  readonly message: string;
}

/** Whom a person wants to hear and to write to: black list, white list, and who wants no more texts. */
export class Admission {
  readonly #lists: NumberListStore;
  readonly #settings: () => Pick<GatewaySettings, 'inbound_from' | 'outbound_to'>;

  constructor(lists: NumberListStore, settings: () => Pick<GatewaySettings, 'inbound_from' | 'outbound_to'>) {
    this.#lists = lists;
    this.#settings = settings;
  }

  /** @param forms the sender in every form that is known of it; none where the network names nobody */
  hears(forms: readonly string[]): boolean {
    return this.#admits(this.#settings().inbound_from, forms);
  }

  /** Why no text may be accepted for a recipient; undefined where one may. */
  refusalOf(recipient: string): RecipientRefusal | undefined {
    if (this.hasOptedOut(recipient)) {
      return {
        code: 'RECIPIENT_OPTED_OUT',
        message: `${recipient} wants no more texts. Take the number off the list "opted-out" if that has changed.`,
      };
    }
    const rule = this.#settings().outbound_to;
    if (this.#admits(rule, [recipient])) return undefined;
    const why = this.#lists.matches('blocked', [recipient])
      ? 'is on the list "blocked"'
      : 'is not on the list "allowed"';
    return {
      code: 'RECIPIENT_BLOCKED',
      message: `${recipient} ${why}, and outbound_to is "${rule}": nothing is sent to it.`,
    };
  }

  /** Whether a recipient said STOP, however the network wrote the number then. */
  hasOptedOut(recipient: string): boolean {
    return this.#lists.similar('opted-out', recipient).some((number) => sameRecipient(number, recipient));
  }

  #admits(rule: GatewaySettings['inbound_from'], forms: readonly string[]): boolean {
    if (rule === 'all') return true;
    if (this.#lists.matches('blocked', forms)) return false;
    return rule === 'not_blocked' || this.#lists.matches('allowed', forms);
  }
}
