import type { Clock } from '../clock.ts';

interface Entry {
  ready: boolean;
  since: number;
  readyMs: number;
}

/** The share of a stretch of time in which each modem was ready. */
export class OnlineShare {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  #begunAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begunAt = clock.monotonic();
  }

  note(modemId: string, ready: boolean): void {
    const now = this.#clock.monotonic();
    const entry = this.#entries.get(modemId);
    if (!entry) return void this.#entries.set(modemId, { ready, since: now, readyMs: 0 });
    settle(entry, now);
    entry.ready = ready;
  }

  /** The shares since this was last asked, from 0 to 1, by modem; a modem that is not in `present` is forgotten. */
  take(present: ReadonlySet<string>): Map<string, number> {
    const now = this.#clock.monotonic();
    const lengthMs = Math.max(1, now - this.#begunAt);
    const shares = new Map<string, number>();
    for (const [modemId, entry] of this.#entries) {
      settle(entry, now);
      shares.set(modemId, Math.min(1, entry.readyMs / lengthMs));
      entry.readyMs = 0;
      if (!present.has(modemId)) this.#entries.delete(modemId);
    }
    this.#begunAt = now;
    return shares;
  }
}

function settle(entry: Entry, now: number): void {
  if (entry.ready) entry.readyMs += now - entry.since;
  entry.since = now;
}
