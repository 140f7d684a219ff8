import type { SendLimits, SimSettings } from '../contract/sim-settings.ts';
import type { SegmentUsage } from './segment-usage.ts';
import { lastDayStart, lastMonthStart, nextDayStart, nextMonthStart, nextOpening } from './send-window.ts';

/** Why a text waits although its SIM could send. */
export type WaitReason = 'window' | 'gap' | 'minute' | 'hour' | 'day' | 'month';

/** When a text may leave, in milliseconds since 1970; not later than asked for: now. `reason` says what it waits for. */
export interface SendPermission {
  readonly at: number;
  readonly reason: WaitReason;
}

/** What the limits must know of a text. */
export interface LimitedText {
  /** Segments that have not left yet. */
  readonly segments: number;
  /** Whether it may use the reserve. */
  readonly urgent: boolean;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/**
 * When the whole of a text may leave a SIM, by what a person has set and what the SIM has sent. A text longer than a
 * limit leaves when the limit is wholly free.
 *
 * @param jitter a number from 0 to 1 that stays the same for one text, so that asking twice answers the same
 */
export function sendPermission(
  settings: SimSettings,
  usage: SegmentUsage,
  text: LimitedText,
  now: number,
  jitter: number,
): SendPermission {
  const { limits, windows, time_zone: zone } = settings;
  const gates: SendPermission[] = [{ reason: 'window', at: nextOpening(windows, zone, now) }];
  if (limits.gap_seconds > 0) gates.push({ reason: 'gap', at: gapEnd(limits, usage, now, jitter) });
  gates.push(...rollingGates(limits, usage, text, now), ...countedGates(settings, usage, text, now));
  return gates.reduce((last, gate) => (gate.at > last.at ? gate : last));
}

/**
 * The numbers that texts may still go to today, where enough different ones had a text; undefined while any may.
 */
export function recipientsLeft(
  settings: SimSettings,
  usage: SegmentUsage,
  now: number,
): ReadonlySet<string> | undefined {
  const { recipients_per_day: most, day_starts_at: dayStart } = settings.limits;
  if (most === null) return undefined;
  const { recipients } = usage.daily(lastDayStart(dayStart, settings.time_zone, now), now);
  return recipients.size < most ? undefined : recipients;
}

function rollingGates(
  limits: SendLimits,
  usage: SegmentUsage,
  text: LimitedText,
  now: number,
): SendPermission[] {
  const gate = (most: number | null, reason: WaitReason, spanMs: number): SendPermission[] =>
    most === null ? [] : [{ reason, at: usage.freeAt(mostBefore(most, limits, text) + 1, spanMs, now) }];
  return [...gate(limits.per_minute, 'minute', minuteMs), ...gate(limits.per_hour, 'hour', hourMs)];
}

function countedGates(
  settings: SimSettings,
  usage: SegmentUsage,
  text: LimitedText,
  now: number,
): SendPermission[] {
  const { limits, time_zone: zone } = settings;
  const { per_day: daily, per_month: monthly, day_starts_at: dayStart, month_starts_on: first } = limits;
  const gates: SendPermission[] = [];
  if (daily !== null) {
    const used = usage.daily(lastDayStart(dayStart, zone, now), now).count;
    const free = used <= mostBefore(daily, limits, text);
    gates.push({ reason: 'day', at: free ? now : nextDayStart(dayStart, zone, now) });
  }
  if (monthly !== null) {
    const used = usage.monthly(lastMonthStart(first, dayStart, zone, now), now);
    const free = used <= mostBefore(monthly, limits, text);
    gates.push({ reason: 'month', at: free ? now : nextMonthStart(first, dayStart, zone, now) });
  }
  return gates;
}

/** So many segments may have left already when this text begins to; of every limit a little is kept for urgent ones. */
function mostBefore(limit: number, { reserve_percent: percent }: SendLimits, text: LimitedText): number {
  const usable = text.urgent ? limit : Math.max(1, Math.floor(limit * (1 - percent / 100)));
  return Math.max(0, usable - text.segments);
}

/** A gap that is always the same shows a machine: it grows and shrinks by so many percent. */
function gapEnd(limits: SendLimits, usage: SegmentUsage, now: number, jitter: number): number {
  const { gap_seconds: gap, gap_jitter_percent: percent } = limits;
  const last = usage.lastAt(now);
  return last === undefined ? now : last + gap * 1_000 * (1 + (percent / 100) * (2 * jitter - 1));
}
