/**
 * Who knocks at its ports when: what is known as a modem at once, each by itself; what may be anything one after the
 * other, once nothing likelier is being tried.
 */
export class ProbeOrder {
  #likely = 0;
  #trying = false;
  readonly #waiting: (() => void)[] = [];

  /** Does `work` when it is its turn. */
  async run<Result>(likely: boolean, work: () => Promise<Result>): Promise<Result> {
    if (likely) return this.#runLikely(work);
    if (this.#trying || this.#likely > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#trying = true;
    try {
      return await work();
    } finally {
      this.#trying = false;
      this.#next();
    }
  }

  async #runLikely<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#likely++;
    try {
      return await work();
    } finally {
      this.#likely--;
      this.#next();
    }
  }

  #next(): void {
    if (this.#trying || this.#likely > 0) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#trying = true;
    next();
  }
}
