import type { Clock } from '../clock.ts';
import type { ModemNotice } from '../contract/event.ts';
import type { Attention } from './attention.ts';

/** A modem as the watch over it sees it. */
export interface WatchedModem {
  readonly notice: ModemNotice;
  readonly ready: boolean;
  /** Found by looking: it is only missed once it was ready. */
  readonly found: boolean;
}

interface Entry {
  notice: ModemNotice;
  /** Monotonic milliseconds since when it is not ready, or ready. */
  since: number;
  ready: boolean;
  wasReady: boolean;
}

/** Nobody asked for so long: the machine was asleep, and its modems with it. */
const sleepMs = 300_000;

/** More modems than are ever plugged in; past it the oldest that is away is forgotten. */
const mostModems = 1_000;

/** Tells of a modem that is away for longer than a set time, also where the fleet knows it no longer. */
export class AbsenceWatch {
  readonly #clock: Clock;
  readonly #attention: Attention;
  readonly #afterMs: number;
  readonly #entries = new Map<string, Entry>();
  #checkedAt: number;

  /** @param afterMs 0: never */
  constructor(clock: Clock, attention: Attention, afterMs: number) {
    this.#clock = clock;
    this.#attention = attention;
    this.#afterMs = afterMs;
    this.#checkedAt = clock.monotonic();
  }

  /** All modems stand so now. */
  note(modems: readonly WatchedModem[]): void {
    const present = new Set(modems.map(({ notice }) => notice.modem_id));
    for (const modem of modems) this.#noteOne(modem);
    for (const [modemId, entry] of this.#entries) {
      if (present.has(modemId)) continue;
      if (entry.wasReady) this.#change(entry, false);
      else this.#forget(modemId);
    }
  }

  /** Whether this modem has been ready for so long. */
  readyFor(modemId: string, ms: number): boolean {
    const entry = this.#entries.get(modemId);
    return entry?.ready === true && this.#clock.monotonic() - entry.since >= ms;
  }

  /** Tells of those whose time is over; this is asked each minute. */
  check(): void {
    const now = this.#clock.monotonic();
    const slept = now - this.#checkedAt > sleepMs;
    this.#checkedAt = now;
    if (this.#afterMs === 0) return;
    for (const entry of this.#entries.values()) {
      if (slept && !entry.ready) entry.since = now;
      if (entry.ready || entry.notice.problem?.code === 'port_released') continue;
      if (now - entry.since >= this.#afterMs) this.#tell(entry.notice, now - entry.since);
    }
  }

  #noteOne({ notice, ready, found }: WatchedModem): void {
    const entry = this.#entries.get(notice.modem_id);
    if (entry) {
      entry.notice = notice;
      return this.#change(entry, ready);
    }
    if (found && !ready) return;
    if (this.#entries.size >= mostModems) this.#forgetOne();
    const since = this.#clock.monotonic();
    this.#entries.set(notice.modem_id, { notice, since, ready, wasReady: ready });
  }

  #change(entry: Entry, ready: boolean): void {
    if (entry.ready === ready) return;
    entry.ready = ready;
    entry.wasReady ||= ready;
    entry.since = this.#clock.monotonic();
    if (ready) this.#attention.clear(entry.notice.modem_id, 'offline_long');
  }

  #tell(notice: ModemNotice, forMs: number): void {
    const minutes = Math.floor(forMs / 60_000);
    const why = notice.problem ? notice.problem.message : 'Check its plug, its power and its SIM.';
    const message = `The modem at ${notice.port} has not been ready for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}. ${why}`;
    this.#attention.raise({ ...notice, problem: { code: 'offline_long', message } });
  }

  #forgetOne(): void {
    for (const [modemId, { ready }] of this.#entries) {
      if (!ready) return this.#forget(modemId);
    }
  }

  #forget(modemId: string): void {
    this.#attention.clear(modemId, 'offline_long');
    this.#entries.delete(modemId);
  }
}
