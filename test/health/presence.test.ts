import { describe, expect, test } from 'vitest';
import { Presence } from '../../src/health/presence.ts';
import { ManualClock } from '../manual-clock.ts';

function bench() {
  const clock = new ManualClock();
  const told: string[] = [];
  const presence = new Presence(
    (type, { modem_id, suppressed }) => told.push(`${modem_id} ${type} ${suppressed}`),
    clock,
    10_000,
  );
  const note = (ready: boolean, modemId = 'A') =>
    presence.note(
      { modem_id: modemId, port: '/dev/ttyUSB0', number: null, problem: null, suppressed: 0 },
      ready,
    );
  return { clock, presence, told, note };
}

describe('a modem that comes and goes', () => {
  test('is told as online the first time it is ready, at once', () => {
    const { told, note } = bench();
    note(false);
    expect(told).toEqual([]);
    note(true);
    note(true);
    expect(told).toEqual(['A modem.online 0']);
  });

  test('is told as offline once it was away for ten seconds', async () => {
    const { clock, told, note } = bench();
    note(true);
    note(false);
    await clock.advance(9_999);
    expect(told).toHaveLength(1);
    await clock.advance(1);
    expect(told).toEqual(['A modem.online 0', 'A modem.offline 0']);
  });

  test('and is back within them is not told of, but counted', async () => {
    const { clock, told, note } = bench();
    note(true);
    for (let times = 0; times < 3; times++) {
      note(false);
      await clock.advance(5_000);
      note(true);
      await clock.advance(60_000);
    }
    expect(told).toHaveLength(1);
    note(false);
    await clock.advance(10_000);
    expect(told).toEqual(['A modem.online 0', 'A modem.offline 3']);
  });

  test('must stand as online for ten seconds too, once it was told as offline', async () => {
    const { clock, told, note } = bench();
    note(true);
    note(false);
    await clock.advance(20_000);
    note(true);
    await clock.advance(9_000);
    note(false);
    await clock.advance(60_000);
    expect(told).toEqual(['A modem.online 0', 'A modem.offline 0']);
    note(true);
    await clock.advance(10_000);
    expect(told.at(-1)).toBe('A modem.online 1');
  });

  test('every half minute for an hour gives a handful of events, and the last word is true', async () => {
    const { clock, told, note } = bench();
    note(true);
    for (let times = 0; times < 60; times++) {
      note(false);
      await clock.advance(30_000);
      note(true);
      await clock.advance(30_000);
    }
    expect(told.length).toBeLessThan(12);
    await clock.advance(600_000);
    expect(told.at(-1)).toMatch(/^A modem\.online/);
  });

  test('waits for ten minutes at most, and for ten seconds again after a quiet hour', async () => {
    const { clock, told, note } = bench();
    note(true);
    for (let times = 0; times < 20; times++) {
      note(false);
      await clock.advance(600_000);
      note(true);
      await clock.advance(600_000);
    }
    expect(told).toHaveLength(1 + 40);
    await clock.advance(3_600_000);
    note(false);
    await clock.advance(10_000);
    expect(told.at(-1)).toMatch(/modem\.offline/);
  });

  test('is away too when the fleet knows it no longer', async () => {
    const { clock, presence, told, note } = bench();
    note(true);
    note(true, 'B');
    presence.missing(new Set(['B']));
    await clock.advance(10_000);
    expect(told).toEqual(['A modem.online 0', 'B modem.online 0', 'A modem.offline 0']);
  });
});
