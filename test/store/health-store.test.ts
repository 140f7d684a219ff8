import { describe, expect, test } from 'vitest';
import { type HealthMinute, HealthStore } from '../../src/store/health-store.ts';
import { temporaryDatabase } from './temporary-database.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const noon = Date.UTC(2026, 5, 8, 12);

function minute(at: number, differs: Partial<HealthMinute> = {}): HealthMinute {
  return {
    modemId: 'A',
    at,
    simId: 1,
    online: 1,
    signal: undefined,
    reference: undefined,
    quality: undefined,
    temperature: undefined,
    supply: undefined,
    storagePercent: undefined,
    technology: undefined,
    operator: undefined,
    ...differs,
  };
}

const store = () => new HealthStore(temporaryDatabase());
const slice = (from: number, to: number, stepMs: number, modemId = 'A') => ({ modemId, from, to, stepMs });

describe('minutes', () => {
  test('make the steps that are asked for: averages, extremes, and the newest words', () => {
    const health = store();
    health.add([
      minute(noon, { signal: -70, temperature: 40, supply: 4, technology: 'LTE', operator: 'One' }),
    ]);
    health.add([
      minute(noon + minuteMs, { online: 0, signal: -90, temperature: 50, supply: 3, technology: 'EDGE' }),
    ]);
    health.add([minute(noon + 5 * minuteMs, { signal: -60, storagePercent: 80 })]);
    const rows = health.minutes(slice(noon, noon + 10 * minuteMs, 5 * minuteMs));
    expect(rows).toMatchObject([
      {
        at: noon,
        sim_id: '1',
        online: 0.5,
        signal: -80,
        signal_min: -90,
        signal_max: -70,
        temperature: 45,
        temperature_max: 50,
        supply: 3.5,
        supply_min: 3,
        storage_percent: null,
        technology: 'EDGE',
        operator: 'One',
      },
      { at: noon + 5 * minuteMs, online: 1, signal: -60, storage_percent: 80, technology: null },
    ]);
  });

  test('of other modems and times are left out', () => {
    const health = store();
    health.add([
      minute(noon - minuteMs),
      minute(noon),
      minute(noon, { modemId: 'B' }),
      minute(noon + hourMs),
    ]);
    expect(health.minutes(slice(noon, noon + hourMs, minuteMs)).map(({ at }) => at)).toEqual([noon]);
  });

  test('that are written twice, after a clock was set back, count once', () => {
    const health = store();
    health.add([minute(noon, { signal: -70 })]);
    health.add([minute(noon, { signal: -90 })]);
    expect(health.minutes(slice(noon, noon + hourMs, minuteMs))).toMatchObject([{ signal: -90 }]);
  });

  test('know which modems there were', () => {
    const health = store();
    health.add([minute(noon)]);
    expect([health.knows('A'), health.knows('B')]).toEqual([true, false]);
  });
});

describe('hours', () => {
  test('are made of minutes, and those of one that is not over are added', () => {
    const health = store();
    for (let at = 0; at < 60; at++)
      health.add([minute(noon + at * minuteMs, { signal: at < 30 ? -80 : -60, operator: `Op ${at}` })]);
    health.add([minute(noon + hourMs, { online: 0, signal: -100 })]);
    health.makeHour(noon);
    health.makeHour(noon);
    const end = health.hoursEnd(noon + 2 * hourMs) ?? 0;
    expect(end).toBe(noon + hourMs);
    expect(health.hours(slice(noon, noon + 2 * hourMs, hourMs), end)).toMatchObject([
      { at: noon, online: 1, signal: -70, signal_min: -80, signal_max: -60, operator: 'Op 59' },
      { at: noon + hourMs, online: 0, signal: -100 },
    ]);
  });

  test('count by the minutes that stand behind them', () => {
    const health = store();
    for (let at = 0; at < 60; at++) health.add([minute(noon + at * minuteMs, { signal: -60 })]);
    for (let at = 0; at < 20; at++) health.add([minute(noon + hourMs + at * minuteMs, { signal: -100 })]);
    health.makeHour(noon);
    health.makeHour(noon + hourMs);
    const [row] = health.hours(slice(noon, noon + 2 * hourMs, 2 * hourMs), noon + 2 * hourMs);
    expect(row).toMatchObject({ signal: -70, signal_min: -100, signal_max: -60 });
  });

  test('average only what was known', () => {
    const health = store();
    health.add([minute(noon, { signal: -60 }), minute(noon + minuteMs)]);
    health.makeHour(noon);
    const [row] = health.hours(slice(noon, noon + hourMs, hourMs), noon + hourMs);
    expect(row).toMatchObject({ signal: -60, temperature: null });
  });

  test('stand by SIM, and a step tells the newest', () => {
    const health = store();
    health.add([
      minute(noon, { simId: 1, signal: -60 }),
      minute(noon + minuteMs, { simId: 12, signal: -80 }),
    ]);
    health.add([minute(noon + 2 * minuteMs, { simId: undefined, online: 0 })]);
    health.makeHour(noon);
    const rows = health.hours(slice(noon, noon + hourMs, hourMs), noon + hourMs);
    expect(rows).toHaveLength(1);
    expect(rows).toMatchObject([{ signal: -70, sim_id: '12' }]);
  });

  test('of a clock that was years ahead hide nothing of today', () => {
    const health = store();
    health.add([minute(noon + 9 * 365 * 24 * hourMs)]);
    health.makeHour(noon + 9 * 365 * 24 * hourMs);
    expect(health.hoursEnd(noon)).toBeUndefined();
  });
});

describe('pruning', () => {
  test('forgets what is older, a few rows at a time', () => {
    const health = store();
    for (let at = 0; at < 10; at++) health.add([minute(noon + at * minuteMs)]);
    health.makeHour(noon);
    expect(health.prune(noon + 8 * minuteMs, noon + 1, 5)).toBe(6);
    expect(health.prune(noon + 8 * minuteMs, noon + 1, 5)).toBe(3);
    expect(health.prune(noon + 8 * minuteMs, noon + 1, 5)).toBe(0);
    expect(health.minutes(slice(noon, noon + hourMs, minuteMs))).toHaveLength(2);
    expect(health.hoursEnd(noon + hourMs)).toBeUndefined();
  });
});

test('the SIM that was in a modem last is known from its minutes, else from its hours', () => {
  const health = store();
  expect(health.lastSim('A')).toBeUndefined();
  health.add([minute(noon, { simId: 1 }), minute(noon, { modemId: 'B', simId: 9 })]);
  health.add([minute(noon + minuteMs, { simId: 2 }), minute(noon + 2 * minuteMs, { simId: undefined })]);
  expect(health.lastSim('A')).toBe(2);
  health.makeHour(noon);
  health.prune(noon + hourMs, 0, 1_000);
  expect(health.lastSim('A')).toBe(2);
  expect(health.lastSim('C')).toBeUndefined();
});
