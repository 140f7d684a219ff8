import { describe, expect, test } from 'vitest';
import type { AttentionNotice, AttentionWord } from '../../src/contract/event.ts';
import { Attention } from '../../src/health/attention.ts';
import { ManualClock } from '../manual-clock.ts';

const hourMs = 3_600_000;

function bench() {
  const clock = new ManualClock();
  const told: string[] = [];
  const attention = new Attention(
    ({ modem_id, problem, suppressed }) => told.push(`${modem_id} ${problem.code} ${suppressed}`),
    clock,
    hourMs,
  );
  const notice = (word: AttentionWord, modemId: string): AttentionNotice => ({
    modem_id: modemId,
    port: '/dev/ttyUSB0',
    number: null,
    problem: { code: word, message: 'It is so.' },
    suppressed: 0,
  });
  const raise = (word: AttentionWord, modemId = 'A') => attention.raise(notice(word, modemId));
  const flap = (word: AttentionWord) => {
    attention.clear('A', word);
    raise(word);
  };
  return { clock, attention, told, raise, flap };
}

describe('what a person must see to', () => {
  test('is told at once, and once for as long as it stands', async () => {
    const { clock, told, raise } = bench();
    raise('no_sim');
    raise('no_sim');
    await clock.advance(5 * hourMs);
    raise('no_sim');
    expect(told).toEqual(['A no_sim 0']);
  });

  test('is told apart by modem and by word', () => {
    const { told, raise } = bench();
    raise('no_sim');
    raise('no_sim', 'B');
    raise('storage_full');
    expect(told).toEqual(['A no_sim 0', 'B no_sim 0', 'A storage_full 0']);
  });

  test('is told again with a count when it comes back after the hour', async () => {
    const { clock, attention, told, raise, flap } = bench();
    raise('no_answer');
    for (let times = 0; times < 7; times++) flap('no_answer');
    attention.clear('A', 'no_answer');
    await clock.advance(2 * hourMs);
    expect(told).toEqual(['A no_answer 0']);
    raise('no_answer');
    expect(told).toEqual(['A no_answer 0', 'A no_answer 7']);
  });

  test('that came back within the hour and stays is told when the hour is over', async () => {
    const { clock, told, raise, flap } = bench();
    raise('no_answer');
    for (let times = 0; times < 3; times++) flap('no_answer');
    await clock.advance(hourMs - 1);
    expect(told).toHaveLength(1);
    await clock.advance(1);
    expect(told).toEqual(['A no_answer 0', 'A no_answer 2']);
    await clock.advance(5 * hourMs);
    expect(told).toHaveLength(2);
  });

  test('can be asked for as it stands', () => {
    const { attention, raise } = bench();
    raise('storage_full');
    raise('no_reports');
    raise('no_sim', 'B');
    attention.clear('A', 'storage_full');
    expect(attention.standing('A').map(({ problem }) => problem.code)).toEqual(['no_reports']);
  });

  test('of a thousand modems that came and went fills no memory, and loses nothing that stands', () => {
    const { attention, told, raise } = bench();
    raise('no_sim');
    for (let modem = 0; modem < 2_000; modem++) {
      raise('no_answer', `gone ${modem}`);
      attention.clear(`gone ${modem}`, 'no_answer');
    }
    raise('no_sim');
    expect(told.filter((line) => line.startsWith('A '))).toHaveLength(1);
    raise('no_answer', 'gone 0'); // forgotten meanwhile, so told anew
    expect(told.filter((line) => line.startsWith('gone 0 '))).toHaveLength(2);
  });
});
