import type { RecoveryState } from './recovery-ladder.ts';

interface Entry {
  readonly owner: object | undefined;
  readonly state: RecoveryState;
}

/** More modems than one machine ever sees. */
const mostModems = 1_000;

/**
 * What is known of the recovery of each modem, by its IMEI: a stick that was restarted may come back at another port,
 * and the steps taken at the old one still count. Of two clones with one IMEI only the first has the entry.
 */
export class RecoveryRecords {
  readonly #entries = new Map<string, Entry>();

  /** The state that a modem left at another port; undefined where there is none, or its owner still serves there. */
  claim(imei: string, owner: object): RecoveryState | undefined {
    const entry = this.#entries.get(imei);
    return entry?.owner === undefined || entry.owner === owner ? entry?.state : undefined;
  }

  /** Keeps the state of the modem that `owner` serves. */
  save(imei: string, owner: object, state: RecoveryState): void {
    const entry = this.#entries.get(imei);
    if (entry?.owner !== undefined && entry.owner !== owner) return;
    this.#entries.delete(imei);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= mostModems) this.#entries.delete(oldest);
    this.#entries.set(imei, { owner, state });
  }

  /** The modem is at this port no more. */
  release(imei: string, owner: object): void {
    const entry = this.#entries.get(imei);
    if (entry?.owner === owner) this.#entries.set(imei, { owner: undefined, state: entry.state });
  }
}
