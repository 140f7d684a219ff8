import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { SendWindow } from '../../src/contract/sim-settings.ts';
import {
  lastDayStart,
  lastMonthStart,
  nextDayStart,
  nextMonthStart,
  nextOpening,
} from '../../src/messages/send-window.ts';

const zone = 'Europe/Berlin';
const at = (local: string, in_ = zone) => DateTime.fromISO(local, { zone: in_ }).toMillis();
const local = (ms: number, in_ = zone) =>
  DateTime.fromMillis(ms, { zone: in_ }).toFormat("yyyy-MM-dd'T'HH:mm");

const office: SendWindow = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' };

describe('texts may leave', () => {
  it('at any time where no window is set', () => {
    expect(nextOpening([], zone, 12345)).toBe(12345);
  });

  it.each([
    ['within the window', '2026-06-08T12:00', '2026-06-08T12:00'],
    ['from its first minute', '2026-06-08T08:00', '2026-06-08T08:00'],
    ['not at its end', '2026-06-08T18:00', '2026-06-09T08:00'],
    ['not before it', '2026-06-08T07:59', '2026-06-08T08:00'],
    ['not at the weekend', '2026-06-12T18:30', '2026-06-15T08:00'],
  ])('%s', (_, now, opens) => {
    expect(local(nextOpening([office], zone, at(now)))).toBe(opens);
  });

  it.each([
    ['2026-06-08T23:00', '2026-06-08T23:00'],
    ['2026-06-09T05:59', '2026-06-09T05:59'],
    ['2026-06-09T06:00', '2026-06-15T22:00'],
  ])('over midnight, where the end is before the start (%s)', (now, opens) => {
    const night: SendWindow = { days: ['mon'], from: '22:00', to: '06:00' };
    expect(local(nextOpening([night], zone, at(now)))).toBe(opens);
  });

  it('around the clock, where end and start are equal', () => {
    const always: SendWindow = {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      from: '00:00',
      to: '24:00',
    };
    const now = at('2026-06-14T23:59');
    expect(nextOpening([always], zone, now)).toBe(now);
  });

  it('in the nearest of several windows', () => {
    const evening: SendWindow = { days: ['sun'], from: '18:00', to: '20:00' };
    expect(local(nextOpening([office, evening], zone, at('2026-06-13T12:00')))).toBe('2026-06-14T18:00');
  });

  it('by the clock of the zone when summer time begins and ends', () => {
    expect(local(nextOpening([office], zone, at('2026-03-29T12:00')))).toBe('2026-03-30T08:00');
    expect(new Date(nextOpening([office], zone, at('2026-03-29T12:00'))).toISOString()).toBe(
      '2026-03-30T06:00:00.000Z',
    );
    expect(new Date(nextOpening([office], zone, at('2026-10-25T12:00'))).toISOString()).toBe(
      '2026-10-26T07:00:00.000Z',
    );
  });
});

describe('a day of a limit', () => {
  it.each([
    ['00:00', '2026-06-08T13:00', '2026-06-08T00:00', '2026-06-09T00:00'],
    ['04:30', '2026-06-08T04:29', '2026-06-07T04:30', '2026-06-08T04:30'],
    ['04:30', '2026-06-08T04:30', '2026-06-08T04:30', '2026-06-09T04:30'],
    ['00:00', '2026-03-29T12:00', '2026-03-29T00:00', '2026-03-30T00:00'],
  ])('that starts at %s, seen at %s', (start, now, last, next) => {
    expect(local(lastDayStart(start, zone, at(now)))).toBe(last);
    expect(local(nextDayStart(start, zone, at(now)))).toBe(next);
  });
});

describe('a month of a limit', () => {
  it.each([
    [1, '2026-06-08T13:00', '2026-06-01T00:00', '2026-07-01T00:00'],
    [28, '2026-03-01T13:00', '2026-02-28T00:00', '2026-03-28T00:00'],
    [15, '2026-01-14T23:59', '2025-12-15T00:00', '2026-01-15T00:00'],
    [15, '2026-01-15T00:00', '2026-01-15T00:00', '2026-02-15T00:00'],
  ])('that begins on day %i, seen at %s', (day, now, last, next) => {
    expect(local(lastMonthStart(day, '00:00', zone, at(now)))).toBe(last);
    expect(local(nextMonthStart(day, '00:00', zone, at(now)))).toBe(next);
  });
});
