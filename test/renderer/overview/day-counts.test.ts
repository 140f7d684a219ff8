import { expect, it } from 'vitest';
import { hoursOf, totalOf } from '../../../renderer/overview/day-counts.ts';
import type { Stats } from '../../../src/contract/stats.ts';

const count = (at: string, status: Stats['counts'][number]['status'], messages: number, number = '+1') => ({
  at: `2026-06-08T${at}:00:00Z`,
  number,
  direction: status === 'received' ? ('inbound' as const) : ('outbound' as const),
  status,
  messages,
  segments: messages,
});

const stats: Stats = {
  from: '2026-06-08T10:00:00Z',
  to: '2026-06-08T13:00:00Z',
  step: 'hour',
  counts: [count('10', 'delivered', 3), count('10', 'delivered', 2, '+2'), count('12', 'received', 1)],
};

it('has an hour for each, also where nothing was', () => {
  expect(hoursOf(stats).map(({ delivered, received }) => [delivered, received])).toEqual([
    [5, 0],
    [0, 0],
    [0, 1],
  ]);
});

it('counts those of one number, and since a moment', () => {
  expect(totalOf(stats, 0, '+2').delivered).toBe(2);
  expect(totalOf(stats, Date.parse('2026-06-08T11:00:00Z'))).toMatchObject({ delivered: 0, received: 1 });
});
