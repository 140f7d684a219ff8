/** Where it is remembered which stores a modem named in +CDSI. */
export interface ReportStoreMemory {
  reportStoresOf(modemId: string): readonly string[];
  keepReportStore(modemId: string, storage: string): void;
}

/** The store for status reports of TS 27.005 2.2, which some modems have and do not list. */
const usual = 'SR';
/** MT repeats what lies in ME and SM, BM holds broadcasts. */
const notForReports: ReadonlySet<string> = new Set(['MT', 'BM']);
const mostKept = 4;

/**
 * The stores of one modem that hold status reports and that it does not list: those that it named in +CDSI, now or in an
 * earlier session, and as a guess the usual one, until the modem refuses that.
 */
export class ReportStores {
  readonly #named: Set<string>;
  readonly #learned: (storage: string) => void;
  #guess: string | undefined = usual;

  /**
   * @param known what was learnt of this modem before
   * @param learned told of a store that the modem names for the first time
   */
  constructor(known: readonly string[], learned: (storage: string) => void) {
    this.#named = new Set(known);
    this.#learned = learned;
  }

  /** The modem says that a report lies there. */
  noteNamed(storage: string): void {
    if (this.#named.has(storage) || this.#named.size >= mostKept) return;
    if (!/^[A-Z]{2}$/.test(storage) || notForReports.has(storage)) return;
    this.#named.add(storage);
    this.#learned(storage);
  }

  /** The modem will not look into this store: a guess is given up, what it named itself is not. */
  noteRefused(storage: string): void {
    if (storage === this.#guess) this.#guess = undefined;
  }

  /** @param stored whether the modem was told to store reports: a guess at where is worth something only then */
  list(stored: boolean): string[] {
    const guess = stored && this.#guess !== undefined ? [this.#guess] : [];
    return [...new Set([...this.#named, ...guess])];
  }
}
