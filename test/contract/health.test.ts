import { describe, expect, test } from 'vitest';
import { healthQuery, healthRange } from '../../src/contract/health.ts';

const now = Date.UTC(2026, 5, 8, 13, 30, 6);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function ranged(query: Record<string, string>) {
  const range = healthRange(healthQuery.parse(query), now);
  if ('fault' in range) return range.fault;
  const written = (at: number) => new Date(at).toISOString().slice(0, 16);
  return `${written(range.from)} ${written(range.to)} ${range.stepMs / 1_000}`;
}

const ago = (ms: number) => new Date(now - ms).toISOString();

describe('the range of a health query', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['is the last day where nothing was said', {}, '2026-06-07T13:30 2026-06-08T13:35 300'],
    ['begins a day before its end', { to: '2026-06-05T00:00:00Z' }, '2026-06-04T00:00 2026-06-05T00:00 300'],
    ['has a step of a minute for an hour', { from: ago(hourMs) }, '2026-06-08T12:30 2026-06-08T13:31 60'],
    [
      'is widened to whole steps',
      { from: '2026-06-08T10:07:00Z', to: '2026-06-08T11:01:00Z', step: '900' },
      '2026-06-08T10:00 2026-06-08T11:15 900',
    ],
    [
      'takes times of other zones',
      { from: '2026-06-08T12:00:00+02:00', to: '2026-06-08T13:00:00+02:00' },
      '2026-06-08T10:00 2026-06-08T11:00 60',
    ],
    [
      'forgives a plus that was not encoded',
      { from: '2026-06-08T12:00:00 02:00', to: '2026-06-08T13:00:00 02:00' },
      '2026-06-08T10:00 2026-06-08T11:00 60',
    ],
    ['of a week has minutes', { from: ago(7 * dayMs) }, '2026-06-01T13:30 2026-06-08T14:00 1800'],
    ['of more than a week has hours', { from: ago(8 * dayMs) }, '2026-05-31T13:00 2026-06-08T14:00 3600'],
    ['of a year has days', { from: ago(365 * dayMs) }, '2025-06-08T00:00 2026-06-09T00:00 86400'],
    ['runs forward', { from: ago(0), to: ago(hourMs) }, { from: 'must be before to' }],
    ['is not empty', { from: ago(0), to: ago(0) }, { from: 'must be before to' }],
    ['is at most a year', { from: ago(401 * dayMs) }, { from: 'must be at most 400 days before to' }],
    ['is not of the future', { to: '9999-12-31T23:59:59Z' }, { to: 'must not lie in the future' }],
    [
      'has no minutes of long ago',
      { from: ago(30 * dayMs), step: '60' },
      { step: 'must be at least 3600 for times more than 7 days ago' },
    ],
    [
      'has no more points than a chart could show',
      { from: ago(6 * dayMs), step: '60' },
      { step: 'must be at least 360 for this range, which else has more than 1500 points' },
    ],
  ])('%s', (_, query, expected) => {
    expect(ranged(query)).toEqual(expected);
  });

  test('can be asked for with the step that a refusal names', () => {
    for (const [days, step] of [
      [1.1, 60],
      [6, 60],
      [6.9, 60],
      [300, 3_600],
    ] as const) {
      const refused = ranged({ from: ago(days * dayMs), step: String(step) }) as { step: string };
      const least = /\d+/.exec(refused.step)?.[0] ?? '';
      expect(ranged({ from: ago(days * dayMs), step: least })).toMatch(new RegExp(` ${least}$`));
    }
  });

  test.each<[string, Record<string, unknown>]>([
    ['a time without a zone', { from: '2026-06-08T12:00:00' }],
    ['a day', { from: '2026-06-08' }],
    ['several times', { from: ['2026-06-08T12:00:00Z', '2026-06-08T13:00:00Z'] }],
    ['a step of no length', { step: '0' }],
    ['a step below a minute', { step: '30' }],
    ['a step that is no number', { step: 'hour' }],
    ['a step without end', { step: '60000000000' }],
  ])('is not made of %s', (_, query) => {
    expect(healthQuery.safeParse(query).success).toBe(false);
  });
});
