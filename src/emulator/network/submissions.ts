/** One segment that the network accepted from a SIM. */
export interface Submission {
  /** Counts all submissions of the network from 1. */
  readonly sequence: number;
  /** Clock time of acceptance in milliseconds. */
  readonly at: number;
  /** Number of the SIM it came from. */
  readonly from: string;
  readonly to: string;
  /** TP-MR that the modem gave it. */
  readonly reference: number;
  /** What this segment says; undefined where it is not text. */
  readonly text: string | undefined;
  readonly concatenation:
    | { readonly reference: number; readonly total: number; readonly sequence: number }
    | undefined;
  readonly reportWanted: boolean;
  /** As it came over the AT line, service centre's address and all, TP-MR still the host's. */
  readonly pdu: string;
}

const longestRing = 10_000;

/**
 * Every segment the network accepted, in order: the truth about "sent exactly once". The newest 10,000 are kept,
 * all are counted.
 */
export class Submissions {
  #ring: Submission[] = [];
  #count = 0;

  /** How many there were since the network began. */
  get count(): number {
    return this.#count;
  }

  /** The newest, oldest first. */
  get all(): readonly Submission[] {
    return this.#ring.slice(-longestRing);
  }

  get last(): Submission | undefined {
    return this.#ring.at(-1);
  }

  add(submission: Omit<Submission, 'sequence'>): Submission {
    this.#count += 1;
    const added: Submission = { sequence: this.#count, ...submission };
    this.#ring.push(added);
    // Cutting once in a while instead of at every text keeps this cheap.
    if (this.#ring.length >= 2 * longestRing) this.#ring = this.#ring.slice(-longestRing);
    return added;
  }
}
