import { expect, it } from 'vitest';
import { busiestHour } from '../../../renderer/modem/traffic.tsx';
import type { Stats } from '../../../src/contract/stats.ts';

const ours = '+15550100001';
const count = (
  at: string,
  messages: number,
  number = ours,
  status: 'sent' | 'delivered' | 'failed' = 'sent',
) => ({ at, number, direction: 'outbound', status, messages, segments: messages }) as const;
const day = (...counts: Stats['counts']): Stats => ({
  from: '2026-06-08T00:00:00Z',
  to: '2026-06-09T00:00:00Z',
  step: 'hour',
  counts,
});

it('is the hour in which most left from this number', () => {
  const stats = day(
    count('2026-06-08T09:00:00Z', 3),
    count('2026-06-08T10:00:00Z', 2),
    count('2026-06-08T10:00:00Z', 2, ours, 'delivered'),
    count('2026-06-08T11:00:00Z', 90, '+15550100002'),
    count('2026-06-08T12:00:00Z', 90, ours, 'failed'),
  );
  expect(busiestHour(stats, ours)).toEqual({ at: Date.parse('2026-06-08T10:00:00Z'), sent: 4 });
});

it('is none where nothing left', () => {
  expect(busiestHour(day(), ours)).toBeNull();
});
