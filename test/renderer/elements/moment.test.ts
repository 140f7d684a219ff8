import { expect, it } from 'vitest';
import {
  dayName,
  exactMoment,
  localMidnight,
  relativeMoment,
  shortMoment,
  utcDay,
} from '../../../renderer/elements/moment.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A moment well within a day, wherever the test runs. */
const noon = new Date(2026, 5, 8, 12, 0, 0).getTime();

it('says how long ago within the hour', () => {
  expect(shortMoment(noon - 59_999, noon)).toBe('just now');
  expect(shortMoment(noon - minute, noon)).toBe('1 min ago');
  expect(shortMoment(noon - 59 * minute, noon)).toBe('59 min ago');
});

it('takes a gateway whose clock is a little ahead for now', () => {
  expect(shortMoment(noon + 5_000, noon)).toBe('just now');
});

it('says when what is to come comes, never that it is now', () => {
  const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
  expect(shortMoment(noon + 6 * hour, noon)).toBe(time.format(noon + 6 * hour));
  const tomorrow = shortMoment(noon + 13 * hour, noon);
  expect(tomorrow).toContain('9');
  expect(tomorrow).toContain(time.format(noon + 13 * hour));
  expect(shortMoment(noon + 400 * 24 * hour, noon)).toContain('2027');
  expect(relativeMoment(noon + 6 * hour, noon)).toBe(time.format(noon + 6 * hour));
});

it('names the days that are near, and the year of those that are far', () => {
  const day = (date: number) => new Date(2026, 5, date, 23, 30).getTime();
  expect([dayName(day(8), noon), dayName(day(7), noon)]).toEqual(['Today', 'Yesterday']);
  expect(dayName(day(6), noon)).toContain(
    new Intl.DateTimeFormat(undefined, { weekday: 'long' }).format(day(6)),
  );
  expect(dayName(new Date(2025, 5, 8).getTime(), noon)).toContain('2025');
});

it('says the time of day, then the day, then the year, the further back it is', () => {
  const time = (moment: number) =>
    new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(moment);
  expect(shortMoment(noon - 2 * hour, noon)).toBe(time(noon - 2 * hour));
  const yesterday = shortMoment(noon - 24 * hour, noon);
  expect(yesterday).toContain('7');
  expect(yesterday).toContain(time(noon - 24 * hour));
  expect(shortMoment(noon - 400 * 24 * hour, noon)).toContain('2025');
});

it('stays relative for a day where that is asked for', () => {
  expect(relativeMoment(noon - 5 * hour, noon)).toBe('5 h ago');
  expect(relativeMoment(noon - 25 * hour, noon)).toContain('2026');
});

it('tells the exact second in UTC', () => {
  expect(exactMoment(Date.UTC(2026, 5, 8, 13, 30, 6))).toContain('(2026-06-08 13:30:06 UTC)');
});

it('knows the midnight of the reader and the day of the API', () => {
  expect(new Date(localMidnight(noon)).getHours()).toBe(0);
  expect(noon - localMidnight(noon)).toBe(12 * hour);
  expect(utcDay(Date.UTC(2026, 5, 8, 23, 59))).toBe('2026-06-08');
});
