import { OutboxError } from './outbox.ts';
import type { SendingRules } from './sending-rules.ts';

/** What a text would cost, before it is sent. */
export class CostEstimate {
  readonly #isOurs: (number: string) => boolean;
  readonly #simIdOf: (number: string) => number | undefined;
  readonly #rules: Pick<SendingRules, 'costAhead'>;

  constructor(
    isOurs: (number: string) => boolean,
    /** The SIM that has a number; undefined while none was seen with it. */
    simIdOf: (number: string) => number | undefined,
    rules: Pick<SendingRules, 'costAhead'>,
  ) {
    this.#isOurs = isOurs;
    this.#simIdOf = simIdOf;
    this.#rules = rules;
  }

  /**
   * What so many segments would cost in US dollars if they left that number now; null where nothing is due.
   *
   * @throws OutboxError `NUMBER_NOT_FOUND`
   */
  ahead(number: string, segments: number): number | null {
    if (!this.#isOurs(number)) {
      throw new OutboxError('NUMBER_NOT_FOUND', `${number} is none of this gateway's numbers.`);
    }
    const simId = this.#simIdOf(number);
    return simId === undefined ? null : this.#rules.costAhead(simId, segments);
  }
}
