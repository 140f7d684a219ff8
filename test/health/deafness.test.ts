import { expect, it } from 'vitest';
import type { AttentionNotice } from '../../src/contract/event.ts';
import { Attention } from '../../src/health/attention.ts';
import { noteDeafness } from '../../src/health/deafness.ts';
import { ManualClock } from '../manual-clock.ts';

it('a port that tells nothing of what arrives is warned of until it does', () => {
  const told: AttentionNotice[] = [];
  const attention = new Attention((notice) => told.push(notice), new ManualClock(), 60_000);
  const notice = { modem_id: '1', port: '/dev/ttyUSB2', number: null, problem: null, suppressed: 0 };
  noteDeafness(attention, notice, { deaf: false });
  expect(told).toEqual([]);
  noteDeafness(attention, notice, { deaf: true });
  expect(told).toMatchObject([
    { problem: { code: 'deaf_port', message: expect.stringContaining('/dev/ttyUSB2 tells nothing') } },
  ]);
  expect(attention.standing('1')).toHaveLength(1);
  noteDeafness(attention, notice, { deaf: false });
  expect(attention.standing('1')).toEqual([]);
});
