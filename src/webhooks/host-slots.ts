/** How many requests may be under way to one host, and how many of them to receivers whose last answer was a failure. */
const mostAtOnce = 4;
const mostAtOnceInTrouble = 2;

interface Use {
  all: number;
  inTrouble: number;
}

/** Counts what is under way to each host and port. Receivers that fail cannot take up a host that others answer on. */
export class HostSlots {
  readonly #uses = new Map<string, Use>();

  /** Takes a slot and answers how to give it back; undefined when none is free. */
  take(host: string, isInTrouble: boolean): (() => void) | undefined {
    const use = this.#uses.get(host) ?? { all: 0, inTrouble: 0 };
    if (use.all >= mostAtOnce || (isInTrouble && use.inTrouble >= mostAtOnceInTrouble)) return undefined;
    this.#uses.set(host, use);
    use.all++;
    if (isInTrouble) use.inTrouble++;
    return () => {
      use.all--;
      if (isInTrouble) use.inTrouble--;
      if (use.all === 0) this.#uses.delete(host);
    };
  }
}
