import type { Clock } from '../clock.ts';

/** Nobody changes the card of a modem that stays plugged in, in the time that it takes to be asked again. */
const sameCardWithinMs = 60_000;

/** A PIN that opened a card which its modem did not name then, and whether a person entered it. */
export interface OpeningPin {
  readonly pin: string;
  readonly byPerson: boolean;
}

/**
 * The PIN of a card that its modem does not name before it is open, until it does: the session that entered it may end
 * before. It is given to nobody when the card may be another by then: when the modem was gone, or the card asks for its
 * PIN again.
 */
export class UnnamedPin {
  readonly #clock: Clock;
  #held: (OpeningPin & { readonly modemId: string; readonly at: number }) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** This PIN has just opened the card in this modem. */
  hold(modemId: string, opening: OpeningPin): void {
    this.#held = { ...opening, modemId, at: this.#clock.monotonic() };
  }

  /**
   * The PIN of the card that is read now in the modem with one of these ids, as some tell theirs only once their card is
   * open; undefined where none is held for it.
   */
  take(modemIds: readonly string[]): OpeningPin | undefined {
    const held = this.#held;
    this.#held = undefined;
    if (!held || !modemIds.includes(held.modemId)) return undefined;
    return this.#clock.monotonic() - held.at <= sameCardWithinMs ? held : undefined;
  }

  /** The card may be another from now on. */
  forget(): void {
    this.#held = undefined;
  }
}
