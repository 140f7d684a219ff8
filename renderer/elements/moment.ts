import { text } from '../texts/text.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const withYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Midnight of the reader's own day. All in milliseconds since 1970. */
export function localMidnight(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** The day in UTC, as the API's `from_date` takes it. */
export function utcDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** "2 min ago" within the hour, else the time of day, the day, or the date: as much as tells it apart. So is what is to come. */
export function shortMoment(moment: number, now: number): string {
  const age = now - moment;
  if (age < hourMs && !isToCome(age)) return age < minuteMs ? text('when.now') : ago(age);
  if (localMidnight(moment) === localMidnight(now)) return clockTime.format(moment);
  return sameYear(moment, now) ? dayAndTime.format(moment) : withYear.format(moment);
}

/** "2 min ago", "5 h ago", and the date for what is older than a day. */
export function relativeMoment(moment: number, now: number): string {
  const age = now - moment;
  if (isToCome(age)) return shortMoment(moment, now);
  if (age < minuteMs) return text('when.now');
  return age < 24 * hourMs ? ago(age) : withYear.format(moment);
}

/** "Today", "Yesterday", the day of the week, and the date for what is not of this year. */
export function dayName(moment: number, now: number): string {
  const midnight = localMidnight(now);
  if (moment >= midnight) return text('when.today');
  // the day before began up to 25 hours earlier
  if (localMidnight(moment) === localMidnight(midnight - hourMs)) return text('when.yesterday');
  return sameYear(moment, now) ? weekday.format(moment) : withYear.format(moment);
}

/** The moment to the second, where the reader is and in UTC. */
export function exactMoment(moment: number): string {
  const utc = new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
  return text('when.exact', { local: exact.format(moment), utc });
}

/** By more than clocks differ. */
function isToCome(age: number): boolean {
  return age <= -minuteMs;
}

function ago(age: number): string {
  return age < hourMs
    ? text('when.minutes', { count: Math.floor(age / minuteMs) })
    : text('when.hours', { count: Math.floor(age / hourMs) });
}

function sameYear(one: number, other: number): boolean {
  return new Date(one).getFullYear() === new Date(other).getFullYear();
}
