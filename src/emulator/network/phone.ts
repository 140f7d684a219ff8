/** A whole text as a phone shows it, its parts put together. */
export interface PhoneMessage {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/**
 * What a phone does with a text: receives and confirms it (`silent`), sends the same back (`echo`), answers that it
 * got it (`auto-reply`), or is `switched-off` (reports 0x22, still trying, and in the end 0x46, expired). A function
 * returns the answer, or undefined for none. `reports` names the TP-ST values of the reports in order; `refuse` makes
 * the network refuse the text with that +CMS ERROR.
 */
export type PhoneBehaviour =
  | 'silent'
  | 'echo'
  | 'auto-reply'
  | 'switched-off'
  | ((message: PhoneMessage) => string | undefined)
  | { readonly reports: readonly number[] }
  | { readonly refuse: number };

/** Part of a concatenated text. */
export interface Part {
  readonly reference: number;
  readonly total: number;
  readonly sequence: number;
}

const received = 0x00;
const noResponse = 0x22;
const expired = 0x46;
const mostUnfinished = 100;

/** A phone out in the network. */
export class Phone {
  readonly number: string;
  readonly #behaviour: PhoneBehaviour;
  /** Texts of which parts are missing, oldest first. */
  readonly #unfinished = new Map<string, Map<number, string>>();

  constructor(number: string, behaviour: PhoneBehaviour) {
    this.number = number;
    this.#behaviour = behaviour;
  }

  /** The +CMS ERROR with which the network refuses texts to it. */
  get refusal(): number | undefined {
    return typeof this.#behaviour === 'object' && 'refuse' in this.#behaviour
      ? this.#behaviour.refuse
      : undefined;
  }

  /** TP-ST of the reports about each segment, in order. */
  get reports(): readonly number[] {
    if (typeof this.#behaviour === 'object' && 'reports' in this.#behaviour) return this.#behaviour.reports;
    return this.#behaviour === 'switched-off' ? [noResponse, expired] : [received];
  }

  /** Takes a segment; when it makes a text whole, what the phone answers to it. */
  receive(from: string, text: string, part: Part | undefined): string | undefined {
    if (!this.reports.includes(received)) return undefined;
    const whole = part ? this.#assemble(from, text, part) : text;
    return whole === undefined ? undefined : this.#answer({ from, to: this.number, text: whole });
  }

  #assemble(from: string, text: string, part: Part): string | undefined {
    const key = `${from} ${part.reference} ${part.total}`;
    const parts = this.#unfinished.get(key) ?? new Map<number, string>();
    parts.set(part.sequence, text);
    this.#unfinished.set(key, parts);
    const [oldest] = this.#unfinished.keys();
    if (this.#unfinished.size > mostUnfinished && oldest) this.#unfinished.delete(oldest);
    if (parts.size < part.total) return undefined;
    this.#unfinished.delete(key);
    return [...parts]
      .sort(([a], [b]) => a - b)
      .map(([, piece]) => piece)
      .join('');
  }

  #answer(message: PhoneMessage): string | undefined {
    if (typeof this.#behaviour === 'function') return this.#behaviour(message);
    if (this.#behaviour === 'echo') return message.text;
    if (this.#behaviour === 'auto-reply')
      return `Thank you, your text of ${[...message.text].length} characters was received.`;
    return undefined;
  }
}
