import { DateTime } from 'luxon';
import { type SendWindow, weekdays } from '../contract/sim-settings.ts';

/** A window that never opens within this time is none: eight days hold every weekday, and the one it runs into. */
const daysAhead = 8;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * When texts may leave again: `now` while a window is open or there is none, else the next opening. Milliseconds since
 * 1970. Times of day are those of `zone`, so that an hour that a clock change leaves out or repeats is as people there
 * would say.
 */
export function nextOpening(windows: readonly SendWindow[], zone: string, now: number): number {
  if (windows.length === 0) return now;
  const today = DateTime.fromMillis(now, { zone }).startOf('day');
  let next = Number.POSITIVE_INFINITY;
  for (let day = -1; day <= daysAhead; day++) {
    for (const { from, to } of spansOf(windows, today.plus({ days: day }))) {
      if (from <= now && now < to) return now;
      if (from > now) next = Math.min(next, from);
    }
  }
  return next;
}

function spansOf(windows: readonly SendWindow[], day: DateTime): Span[] {
  const name = weekdays[day.weekday - 1];
  return windows
    .filter(({ days }) => name !== undefined && days.includes(name))
    .map(({ from, to }) => ({
      from: timeOn(day, from),
      to: timeOn(to <= from ? day.plus({ days: 1 }) : day, to),
    }));
}

/** The last time, at or before `now`, that the clock in `zone` showed this time of day. */
export function lastDayStart(timeOfDay: string, zone: string, now: number): number {
  const day = DateTime.fromMillis(now, { zone }).startOf('day');
  const start = timeOn(day, timeOfDay);
  return start <= now ? start : timeOn(day.minus({ days: 1 }), timeOfDay);
}

/** The next time after `now` that the clock in `zone` shows this time of day. */
export function nextDayStart(timeOfDay: string, zone: string, now: number): number {
  const day = DateTime.fromMillis(lastDayStart(timeOfDay, zone, now), { zone }).startOf('day');
  return timeOn(day.plus({ days: 1 }), timeOfDay);
}

/** The last time, at or before `now`, that a month began on `dayOfMonth` at this time of day. */
export function lastMonthStart(dayOfMonth: number, timeOfDay: string, zone: string, now: number): number {
  const first = DateTime.fromMillis(now, { zone })
    .startOf('month')
    .plus({ days: dayOfMonth - 1 });
  const start = timeOn(first, timeOfDay);
  return start <= now ? start : timeOn(first.minus({ months: 1 }), timeOfDay);
}

/** The next time after `now` that a month begins so. */
export function nextMonthStart(dayOfMonth: number, timeOfDay: string, zone: string, now: number): number {
  const last = DateTime.fromMillis(lastMonthStart(dayOfMonth, timeOfDay, zone, now), { zone }).startOf('day');
  return timeOn(last.plus({ months: 1 }), timeOfDay);
}

/** `24:00` is the midnight that ends the day. */
function timeOn(day: DateTime, timeOfDay: string): number {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  const start = hour === 24 ? day.plus({ days: 1 }) : day;
  return start.set({ hour: hour % 24, minute }).toMillis();
}
