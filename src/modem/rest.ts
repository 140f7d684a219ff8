/**
 * Why a port is let go for a while: a person lends it to another program, the machine goes to sleep, or another port of
 * the same modem is served. The one that is told where several hold comes first.
 */
const reasons = ['released', 'asleep', 'standing-by'] as const;
export type RestReason = (typeof reasons)[number];

/** A time in which a port is not to be touched, for as long as one reason for it is left. */
export class Rest {
  readonly #present = new Set<RestReason>();
  #over = Promise.withResolvers<void>();

  /** Undefined while the port is served. */
  get why(): RestReason | undefined {
    return reasons.find((reason) => this.#present.has(reason));
  }

  has(why: RestReason): boolean {
    return this.#present.has(why);
  }

  begin(why: RestReason): void {
    this.#present.add(why);
  }

  /** One reason is over. */
  end(why: RestReason): void {
    this.#present.delete(why);
    if (this.#present.size === 0) this.#finish();
  }

  endAll(): void {
    this.#present.clear();
    this.#finish();
  }

  async untilOver(): Promise<void> {
    if (this.#present.size > 0) await this.#over.promise;
  }

  #finish(): void {
    this.#over.resolve();
    this.#over = Promise.withResolvers<void>();
  }
}
