import { decimal, parameters } from '../gsm/at/parameters.ts';
import type { StoreState } from './modem-health.ts';

/** What a sweep found in a store, and what became of it. */
export interface SweepCount {
  readonly listed: number;
  readonly deleted: number;
  /** Entries that are no arrivals. */
  readonly foreign: number;
  /** Arrivals that are on disk and could not be deleted. */
  readonly stuck: number;
}

type Fill = Pick<StoreState, 'used' | 'total' | 'foreign' | 'stuck'>;

/** From here on a store counts as filling up. */
const fillingShare = 0.8;

const unknown: Fill = { used: 0, total: 0, foreign: 0, stuck: 0 };

/** How full the message stores of a modem are, from whatever tells it: +CPMS and what sweeps find. */
export class StoreFill {
  readonly #fills = new Map<string, Fill>();

  measured(storage: string, used: number, total: number): void {
    this.#fills.set(storage, { ...(this.#fills.get(storage) ?? unknown), used, total });
  }

  /** The answer to a choice, `+CPMS: used,total,…`, TS 27.005 3.2.2: its first two values are of the store for reading. */
  chosen(storage: string, lines: readonly string[]): void {
    const [used, total] = parameters(lines.at(-1) ?? '').map(decimal);
    if (used !== undefined && total !== undefined) this.measured(storage, used, total);
  }

  swept(storage: string, { listed, deleted, foreign, stuck }: SweepCount): void {
    const before = this.#fills.get(storage) ?? unknown;
    this.#fills.set(storage, { ...before, used: listed - deleted, foreign, stuck });
  }

  /** What a store counted last. */
  of(storage: string): Pick<StoreState, 'used' | 'total'> {
    return this.#fills.get(storage) ?? unknown;
  }

  /** Stores whose size is known. */
  states(arriving: ReadonlySet<string>): StoreState[] {
    return [...this.#fills]
      .filter(([, { total }]) => total > 0)
      .map(([storage, fill]) => ({
        storage,
        arriving: arriving.has(storage),
        filling: fill.used >= fill.total * fillingShare,
        full: fill.used >= fill.total,
        ...fill,
      }));
  }

  /** Whether a store fills up with what a sweep might take out. */
  get relievable(): boolean {
    return this.states(new Set()).some(
      ({ filling, used, foreign, stuck }) => filling && used > foreign + stuck,
    );
  }
}
