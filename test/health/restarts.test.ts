import { expect, it } from 'vitest';
import type { AttentionNotice } from '../../src/contract/event.ts';
import { Attention } from '../../src/health/attention.ts';
import { noteRestarts } from '../../src/health/restarts.ts';
import { ManualClock } from '../manual-clock.ts';

it('a modem that starts anew again and again is warned of, once, until it has been calm for long', () => {
  const told: AttentionNotice[] = [];
  const attention = new Attention((notice) => told.push(notice), new ManualClock(), 60_000);
  const notice = { modem_id: '1', port: '/dev/ttyUSB2', number: null, problem: null, suppressed: 0 };
  for (const restartsInADay of [0, 1, 5]) noteRestarts(attention, notice, { restartsInADay });
  expect(told).toEqual([]);
  for (const restartsInADay of [6, 7, 5, 6, 3]) noteRestarts(attention, notice, { restartsInADay });
  expect(told).toMatchObject([
    { problem: { code: 'restarts_often', message: expect.stringContaining('a USB hub with its own power') } },
  ]);
  expect(attention.standing('1')).toHaveLength(1);
  noteRestarts(attention, notice, { restartsInADay: 2 });
  expect(attention.standing('1')).toEqual([]);
});
