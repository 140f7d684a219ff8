/** One segment that was handed over. */
export interface UsedSegment {
  readonly at: number;
  readonly recipient: string;
}

/** What of a SIM's past is asked for once, when it is first needed. Times are milliseconds since 1970. */
export interface UsageHistory {
  /** Segments handed over from `since` to `until`, oldest first. */
  handedOver(simId: number, since: number, until: number): readonly UsedSegment[];
  /** How many there were. */
  count(simId: number, since: number, until: number): number;
}

const hourMs = 3_600_000;

/**
 * How much one SIM has sent: each segment of the last hour by its time, the day and the month as counts. Read from
 * the store once a period, then kept up by every handing-over. What lies ahead was written before the clock was set back.
 */
export class SegmentUsage {
  readonly #simId: number;
  readonly #history: UsageHistory;
  #lastHour: number[] | undefined;
  #day: { readonly since: number; count: number; readonly recipients: Set<string> } | undefined;
  #month: { readonly since: number; count: number } | undefined;

  constructor(simId: number, history: UsageHistory) {
    this.#simId = simId;
    this.#history = history;
  }

  /** A segment leaves now. */
  add(at: number, recipient: string): void {
    this.#lastHour?.push(at);
    if (this.#day) {
      this.#day.count++;
      this.#day.recipients.add(recipient);
    }
    if (this.#month) this.#month.count++;
  }

  /** When the last segment left, within the last hour. */
  lastAt(now: number): number | undefined {
    return this.#hourBefore(now).at(-1);
  }

  /** When fewer than `most` will have left within the `spanMs` before (at most an hour); in the past if that is so now. */
  freeAt(most: number, spanMs: number, now: number): number {
    const blocking = this.#hourBefore(now).at(-most);
    return blocking === undefined ? now : blocking + spanMs;
  }

  daily(since: number, now: number): { readonly count: number; readonly recipients: ReadonlySet<string> } {
    if (this.#day?.since !== since) {
      const past = this.#history.handedOver(this.#simId, since, now);
      this.#day = { since, count: past.length, recipients: new Set(past.map(({ recipient }) => recipient)) };
    }
    return this.#day;
  }

  monthly(since: number, now: number): number {
    if (this.#month?.since !== since) {
      this.#month = { since, count: this.#history.count(this.#simId, since, now) };
    }
    return this.#month.count;
  }

  #hourBefore(now: number): number[] {
    this.#lastHour ??= this.#history.handedOver(this.#simId, now - hourMs, now).map(({ at }) => at);
    const hour = this.#lastHour;
    const firstKept = hour.findIndex((at) => at > now - hourMs);
    if (firstKept !== 0) hour.splice(0, firstKept < 0 ? hour.length : firstKept);
    for (let place = hour.length - 1; (hour[place] ?? now) > now; place--) hour[place] = now;
    return hour;
  }
}
