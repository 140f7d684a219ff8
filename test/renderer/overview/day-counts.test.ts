import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { statsQuery } from '../../../renderer/api/queries.ts';
import { localMidnight } from '../../../renderer/elements/moment.ts';
import { hoursOf, lastDayOf, totalOf } from '../../../renderer/overview/day-counts.ts';
import type { Stats } from '../../../src/contract/stats.ts';

const count = (at: string, status: Stats['counts'][number]['status'], messages: number, number = '+1') => ({
  at: `2026-06-08T${at}:00Z`,
  number,
  direction: status === 'received' ? ('inbound' as const) : ('outbound' as const),
  status,
  messages,
  segments: messages,
});

const stats: Stats = {
  from: '2026-06-07T13:00:00Z',
  to: '2026-06-08T13:00:00Z',
  step: 'hour',
  counts: [
    count('10:00', 'delivered', 3),
    count('10:00', 'delivered', 2, '+2'),
    count('12:00', 'received', 1),
  ],
};

it('has an hour for each, also where nothing was', () => {
  const hours = hoursOf(stats).map(({ delivered, received }) => [delivered, received]);
  expect(hours).toHaveLength(24);
  expect(hours.slice(-4)).toEqual([
    [0, 0],
    [5, 0],
    [0, 0],
    [0, 1],
  ]);
});

it('counts those of one number, and since a moment', () => {
  expect(totalOf(stats, 0, '+2').delivered).toBe(2);
  expect(totalOf(stats, Date.parse('2026-06-08T11:00:00Z'))).toMatchObject({ delivered: 0, received: 1 });
});

describe('where the clock is no whole hours off', () => {
  const zoneBefore = process.env.TZ;
  /** The gateway's answer to what the pages ask it at a moment. */
  async function askedAt(now: string, timeZone: string): Promise<URL> {
    process.env.TZ = timeZone;
    vi.useFakeTimers({ now: Date.parse(now), toFake: ['Date'] });
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path);
      return Response.json({ success: true, data: stats });
    });
    await new QueryClient().fetchQuery(statsQuery);
    return new URL(asked[0] ?? '', 'http://localhost');
  }

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  });

  it.each([
    ['Asia/Kolkata', '2026-06-08T20:00:00Z', '2026-06-08T18:30:00.000Z'],
    ['America/St_Johns', '2026-06-08T20:00:00Z', '2026-06-08T02:30:00.000Z'],
    ['Asia/Kathmandu', '2026-06-08T20:00:00Z', '2026-06-08T18:15:00.000Z'],
    ['Europe/Berlin', '2026-06-08T20:00:00Z', '2026-06-07T22:00:00.000Z'],
    ['Pacific/Apia', '2026-06-08T20:00:00Z', '2026-06-08T11:00:00.000Z'],
  ])('one of the steps that are asked for begins at midnight: %s', async (zone, now, midnight) => {
    const { searchParams: asked } = await askedAt(now, zone);
    const stepMs = asked.get('step') === 'hour' ? 3_600_000 : 900_000;
    expect(new Date(localMidnight(Date.parse(now))).toISOString()).toBe(midnight);
    expect(Date.parse(midnight) % stepMs).toBe(0);
  });

  it('a day of 25 hours is asked for from its beginning', async () => {
    const { searchParams: asked } = await askedAt('2026-10-25T22:50:00Z', 'Europe/Berlin');
    expect(asked.get('from')).toBe('2026-10-24T22:00:00.000Z');
  });

  it("a text of the day's first half hour is one of today, and the hours are the reader's", async () => {
    await askedAt('2026-06-08T20:00:00Z', 'Asia/Kolkata');
    const own: Stats = {
      from: '2026-06-07T18:30:00Z',
      to: '2026-06-08T20:00:00Z',
      step: 'quarter_hour',
      counts: [count('18:15', 'sent', 1), count('18:30', 'sent', 2), count('19:15', 'sent', 4)],
    };
    expect(totalOf(own, localMidnight(Date.now())).sent).toBe(6);
    expect(new Date(lastDayOf(own)).toISOString()).toBe('2026-06-07T19:30:00.000Z');
    expect(hoursOf(own).slice(-3)).toMatchObject([{ sent: 1 }, { sent: 6 }, { sent: 0 }]);
  });
});
