import type { StoreUse } from '../gsm/at/commands.ts';

/** What a store counts that it does not list. */
export type Unlisted = Pick<StoreUse, 'used' | 'total'>;

export const nothingUnlisted: Unlisted = { used: 0, total: 0 };

/** What was looked for in vain is looked for again after so many sweeps: another text may have taken its place. */
const sweepsOfRest = 10;

/**
 * Which stores are gone through place by place: those that refuse to be listed, and those that list nothing and count
 * something all the same. A count that is wrong, or is of texts that are not ours to take, would have a store of hundreds
 * of places read through at each sweep; so what was not found is left alone for a while.
 */
export class UnlistedTexts {
  readonly #missed = new Map<string, { readonly count: number; rest: number }>();

  /** What of a store's count is worth looking for now. */
  worthwhile(storage: string, counted: Unlisted): Unlisted {
    const missed = this.#missed.get(storage);
    if (missed?.count !== counted.used) return counted;
    missed.rest--;
    return missed.rest > 0 ? nothingUnlisted : counted;
  }

  /** All places of a store were read, and so many of the texts that it counts lie nowhere or are not ours. */
  visited(storage: string, missed: number): void {
    if (missed > 0) this.#missed.set(storage, { count: missed, rest: sweepsOfRest });
    else this.#missed.delete(storage);
  }
}
