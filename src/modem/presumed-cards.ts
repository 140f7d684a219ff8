import type { Clock } from '../clock.ts';
import { isNamed, type SimIdentity } from './sim-directory.ts';

/** Nobody changes the card of a modem in the time that it takes to come back from a restart. */
const backWithinMs = 60_000;
/** More modems than one machine ever sees. */
const mostModems = 1_000;

interface Entry {
  readonly card: SimIdentity;
  /** When it was last told to restart, monotonic; undefined once it serves again. */
  readonly restartedAt: number | undefined;
}

/**
 * Which card a modem has that names none before its PIN: the one that it had, where it was only restarted from here. After
 * anything else the card may be another.
 */
export class PresumedCards {
  readonly #clock: Clock;
  /** By what the modem is called. */
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** This card was read in this modem. */
  recognised(modemId: string, card: SimIdentity): void {
    const before = this.#entries.get(modemId);
    this.#entries.delete(modemId);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= mostModems) this.#entries.delete(oldest);
    const restartedAt = before?.card.imsi === card.imsi ? before?.restartedAt : undefined;
    if (isNamed(card)) this.#entries.set(modemId, { card, restartedAt });
  }

  /** The modem is told to restart. */
  restarting(modemId: string): void {
    const entry = this.#entries.get(modemId);
    if (entry) this.#entries.set(modemId, { ...entry, restartedAt: this.#clock.monotonic() });
  }

  /** The modem serves: one that was told to restart may have answered for a while before it did. */
  serving(modemId: string): void {
    const entry = this.#entries.get(modemId);
    if (entry) this.#entries.set(modemId, { card: entry.card, restartedAt: undefined });
  }

  /** The card that must be in this modem; undefined where nothing tells. */
  of(modemId: string): SimIdentity | undefined {
    const { card, restartedAt } = this.#entries.get(modemId) ?? {};
    if (restartedAt === undefined || this.#clock.monotonic() - restartedAt > backWithinMs) return undefined;
    return card;
  }
}
