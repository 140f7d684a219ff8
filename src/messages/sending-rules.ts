import type { Clock } from '../clock.ts';
import { type SimSettings, urgentPriority } from '../contract/sim-settings.ts';
import type { OutboundRow } from '../store/outbound-store.ts';
import { SegmentUsage, type UsageHistory } from './segment-usage.ts';
import { recipientsLeft, type SendPermission, sendPermission } from './send-permission.ts';
import { lastMonthStart, nextDayStart } from './send-window.ts';

/** A wait that is shorter is part of sending: the texts of such a SIM stay `dispatched`. Milliseconds. */
const longWaitMs = 60_000;

/** What a person has set for each SIM, held against what it has sent. */
export class SendingRules {
  readonly #settingsOf: (simId: number) => SimSettings;
  readonly #history: UsageHistory;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #settings = new Map<number, SimSettings>();
  readonly #usage = new Map<number, SegmentUsage>();
  readonly #jitter = new Map<number, number>();

  constructor(
    settingsOf: (simId: number) => SimSettings,
    history: UsageHistory,
    clock: Clock,
    random: () => number = Math.random,
  ) {
    this.#settingsOf = settingsOf;
    this.#history = history;
    this.#clock = clock;
    this.#random = random;
  }

  /** A person may have changed what is set. */
  changed(): void {
    this.#settings.clear();
  }

  of(simId: number): SimSettings {
    const known = this.#settings.get(simId) ?? this.#settingsOf(simId);
    this.#settings.set(simId, known);
    return known;
  }

  /** When this text may leave this SIM. */
  permission(simId: number, row: Pick<OutboundRow, 'priority'>, segments: number): SendPermission {
    const text = { segments, urgent: row.priority >= urgentPriority };
    return sendPermission(
      this.of(simId),
      this.#usageOf(simId),
      text,
      this.#clock.now(),
      this.#jitterOf(simId),
    );
  }

  /** The only numbers that texts may go to until the next day begins; undefined while any may. */
  recipients(simId: number): { readonly only: ReadonlySet<string>; readonly until: number } | undefined {
    const settings = this.of(simId);
    const now = this.#clock.now();
    const only = recipientsLeft(settings, this.#usageOf(simId), now);
    return only && { only, until: nextDayStart(settings.limits.day_starts_at, settings.time_zone, now) };
  }

  /** Whether an ordinary text would leave now, or soon enough. */
  allowsNow(simId: number): boolean {
    return this.permission(simId, { priority: 0 }, 1).at - this.#clock.now() < longWaitMs;
  }

  /** What a text cost in US dollars, after its last segment left; `null` within the allowance or with no price set. */
  cost(simId: number, segments: number): number | null {
    return this.#cost(simId, segments, 0);
  }

  /** What a text would cost if all its segments left now. */
  costAhead(simId: number, segments: number): number | null {
    return this.#cost(simId, segments, segments);
  }

  #cost(simId: number, segments: number, ahead: number): number | null {
    const {
      price_usd_per_segment: price,
      monthly_allowance: allowance,
      limits,
      time_zone: zone,
    } = this.of(simId);
    if (price === null) return null;
    const now = this.#clock.now();
    const since = lastMonthStart(limits.month_starts_on, limits.day_starts_at, zone, now);
    const over = this.#usageOf(simId).monthly(since, now) + ahead - (allowance ?? 0);
    if (over <= 0) return null;
    return roundedToMicros(Math.min(over, segments) * price);
  }

  /** A segment leaves now. */
  handedOver(simId: number, recipient: string): void {
    this.#usageOf(simId).add(this.#clock.now(), recipient);
    this.#jitter.set(simId, this.#random());
  }

  #usageOf(simId: number): SegmentUsage {
    const known = this.#usage.get(simId) ?? new SegmentUsage(simId, this.#history);
    this.#usage.set(simId, known);
    return known;
  }

  #jitterOf(simId: number): number {
    const known = this.#jitter.get(simId) ?? this.#random();
    this.#jitter.set(simId, known);
    return known;
  }
}

/** Prices of a tenth of a cent add up with no trace of binary fractions. */
function roundedToMicros(usd: number): number {
  return Math.round(usd * 1_000_000) / 1_000_000;
}
