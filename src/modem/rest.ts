/** Why a port is let go for a while: the machine goes to sleep, or a person lends it to another program. */
export type RestReason = 'asleep' | 'released';

/** A time in which a port is not to be touched. */
export class Rest {
  #present: { readonly why: RestReason; readonly over: PromiseWithResolvers<void> } | undefined;

  /** Undefined while the port is served. */
  get why(): RestReason | undefined {
    return this.#present?.why;
  }

  begin(why: RestReason): void {
    this.#present ??= { why, over: Promise.withResolvers<void>() };
  }

  /** Ends a rest of this reason, or any. */
  end(why: RestReason | undefined = this.why): void {
    if (this.why !== why) return;
    this.#present?.over.resolve();
    this.#present = undefined;
  }

  async untilOver(): Promise<void> {
    await this.#present?.over.promise;
  }
}
