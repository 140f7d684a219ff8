import type { Clock, Timer } from '../clock.ts';
import type { ModemNotice } from '../contract/event.ts';

export type PresenceEvent = 'modem.online' | 'modem.offline';

interface Entry {
  notice: ModemNotice;
  ready: boolean;
  /** What was told last; undefined while nothing was. */
  told: boolean | undefined;
  /** Changes that were over before they were told. */
  suppressed: number;
  holding: Timer | undefined;
  /** When it was told to be offline, within the last hour: monotonic milliseconds. */
  offlines: readonly number[];
}

const hourMs = 3_600_000;
const longestHoldMs = 600_000;

/**
 * Tells when a modem goes and comes: not before it has stood so for `graceMs`, and for longer, doubled each time,
 * where it went away again and again within the hour. The first time that a modem is ready is told at once.
 */
export class Presence {
  readonly #tell: (type: PresenceEvent, notice: ModemNotice) => void;
  readonly #clock: Clock;
  readonly #graceMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(tell: (type: PresenceEvent, notice: ModemNotice) => void, clock: Clock, graceMs: number) {
    this.#tell = tell;
    this.#clock = clock;
    this.#graceMs = graceMs;
  }

  stop(): void {
    for (const { holding } of this.#entries.values()) holding?.cancel();
  }

  /** A modem stands so now. */
  note(notice: ModemNotice, ready: boolean): void {
    const entry = this.#entries.get(notice.modem_id);
    if (entry) {
      entry.notice = notice;
      if (entry.ready !== ready) this.#change(entry, ready);
    } else if (ready) {
      const first: Entry = {
        notice,
        ready,
        told: undefined,
        suppressed: 0,
        holding: undefined,
        offlines: [],
      };
      this.#entries.set(notice.modem_id, first);
      this.#tellOf(first);
    }
  }

  /** Every modem that was ready before and is not among `present` is away. */
  missing(present: ReadonlySet<string>): void {
    for (const [modemId, entry] of this.#entries) {
      if (!present.has(modemId) && entry.ready) this.#change(entry, false);
    }
  }

  #change(entry: Entry, ready: boolean): void {
    entry.ready = ready;
    if (entry.holding) {
      entry.holding.cancel();
      entry.holding = undefined;
      entry.suppressed++;
    }
    if (ready !== entry.told) {
      entry.holding = this.#clock.after(this.#holdMs(entry), () => this.#tellOf(entry));
    }
  }

  #holdMs(entry: Entry): number {
    const since = this.#clock.monotonic() - hourMs;
    entry.offlines = entry.offlines.filter((at) => at > since);
    return Math.min(this.#graceMs * 2 ** Math.max(0, entry.offlines.length - 1), longestHoldMs);
  }

  #tellOf(entry: Entry): void {
    const { ready, suppressed } = entry;
    entry.holding = undefined;
    entry.told = ready;
    entry.suppressed = 0;
    if (!ready) entry.offlines = [...entry.offlines, this.#clock.monotonic()];
    this.#tell(ready ? 'modem.online' : 'modem.offline', { ...entry.notice, suppressed });
  }
}
