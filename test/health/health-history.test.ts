import { describe, expect, onTestFinished, test } from 'vitest';
import { HealthHistory, type RecordedModem } from '../../src/health/health-history.ts';
import { HealthReader } from '../../src/health/health-reader.ts';
import { silentLog } from '../../src/log.ts';
import { type ModemFacts, unknownModem } from '../../src/modem/modem-facts.ts';
import { HealthStore } from '../../src/store/health-store.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const noon = Date.UTC(2026, 5, 8, 12);

function bench(start = noon) {
  const clock = new ManualClock(start);
  const database = temporaryDatabase();
  const store = new HealthStore(database);
  const modems = new Map<string, ModemFacts>();
  const recorded = (): RecordedModem[] => [...modems].map(([modemId, facts]) => ({ modemId, facts }));
  const history = new HealthHistory(store, clock, silentLog, recorded);
  const reader = new HealthReader(store, (simId) => (simId === 3 ? '8901260123456789012' : undefined));
  onTestFinished(() => history.stop());
  const set = (facts: Partial<ModemFacts>, modemId = 'A') => {
    const known = {
      ...unknownModem('/dev/ttyUSB0', true),
      id: modemId,
      state: 'ready' as const,
      signal: -70,
    };
    modems.set(modemId, { ...known, ...modems.get(modemId), ...facts });
    history.note(modemId, modems.get(modemId)?.state === 'ready');
  };
  const minutes = (from: number, to: number) =>
    store.minutes({ modemId: 'A', from, to, stepMs: minuteMs }).map(({ at, signal }) => [at, signal]);
  return { clock, database, store, modems, history, reader, set, minutes };
}

describe('the history of a modem', () => {
  test('has a row for each minute, written when it is over', async () => {
    const { clock, history, set, minutes } = bench(noon + 10_000);
    set({});
    history.start();
    await clock.advance(49_999);
    expect(minutes(noon, noon + hourMs)).toEqual([]);
    await clock.advance(1);
    set({ signal: -80 });
    await clock.advance(minuteMs);
    expect(minutes(noon, noon + hourMs)).toEqual([
      [noon, -70],
      [noon + minuteMs, -80],
    ]);
  });

  test('tells for what share of each minute it was ready', async () => {
    const { clock, history, reader, set } = bench();
    set({});
    history.start();
    await clock.advance(45_000);
    set({ state: 'absent', signal: undefined });
    await clock.advance(75_000);
    set({ state: 'ready' });
    await clock.advance(minuteMs);
    const range = { from: noon, to: noon + 3 * minuteMs, stepMs: minuteMs };
    const { points } = await reader.series('A', range, clock.now());
    expect(points.map(({ online }) => online)).toEqual([0.75, 0, 1]);
  });

  test('holds what the last sample showed, and the SIM that was in it', async () => {
    const { clock, history, reader, set } = bench();
    const store = { storage: 'ME', arriving: true, filling: false, full: false, foreign: 0, stuck: 0 };
    set({
      technology: 'LTE',
      operator: 'Operator',
      sim: {
        simId: 3,
        number: undefined,
        label: undefined,
        conflict: undefined,
        serviceCentre: undefined,
        undrained: false,
      },
      health: {
        reference: -95,
        quality: -11.5,
        noiseRatio: undefined,
        band: undefined,
        temperature: 41,
        supply: 3.912,
        stores: [
          { ...store, used: 1, total: 255 },
          { ...store, storage: 'SM', used: 30, total: 40 },
        ],
      },
    });
    history.start();
    await clock.advance(minuteMs);
    const { points } = await reader.series(
      'A',
      { from: noon, to: noon + minuteMs, stepMs: minuteMs },
      clock.now(),
    );
    expect(points).toEqual([
      {
        at: '2026-06-08T12:00:00Z',
        iccid: '8901260123456789012',
        online: 1,
        signal_dbm: -70,
        signal_min_dbm: -70,
        signal_max_dbm: -70,
        reference_signal_dbm: -95,
        quality_db: -11.5,
        temperature_c: 41,
        temperature_max_c: 41,
        supply_v: 3.912,
        supply_min_v: 3.912,
        storage_percent: 75,
        technology: 'LTE',
        operator: 'Operator',
      },
    ]);
  });

  test('leaves out a port that no modem was ever seen at', async () => {
    const { clock, history, set, store } = bench();
    set({ id: '/dev/ttyUSB0', state: 'absent' }, '/dev/ttyUSB0');
    set({ id: '/dev/ttyUSB0', state: 'ready' }, 'a modem without an IMEI');
    history.start();
    await clock.advance(minuteMs);
    expect([store.knows('/dev/ttyUSB0'), store.knows('a modem without an IMEI')]).toEqual([false, true]);
  });

  test('has an hour once it is over, and the hours that were missed while the gateway did not run', async () => {
    const { clock, history, store, set } = bench(noon - 3 * hourMs);
    set({});
    history.start();
    await clock.advance(30 * minuteMs);
    history.stop();
    await clock.advance(150 * minuteMs);
    history.start();
    await clock.advance(2 * minuteMs);
    expect(store.hoursEnd(clock.now())).toBe(noon - 2 * hourMs);
    await clock.advance(hourMs);
    expect(store.hoursEnd(clock.now())).toBe(noon + hourMs);
  });

  test('keeps minutes for a week and hours for a year', async () => {
    const { clock, history, store, set, minutes } = bench();
    const old = { modemId: 'A', simId: 1, online: 1, signal: -99, reference: undefined, quality: undefined };
    const rest = { temperature: undefined, supply: undefined, storagePercent: undefined };
    const row = (at: number) => ({ ...old, ...rest, technology: undefined, operator: undefined, at });
    store.add([row(noon - 367 * dayMs), row(noon - 300 * dayMs)]);
    store.makeHour(noon - 367 * dayMs);
    store.makeHour(noon - 300 * dayMs);
    store.add(Array.from({ length: 1_200 }, (_, at) => row(noon - 7 * dayMs - (at - 100) * minuteMs)));
    set({});
    history.start();
    await clock.advance(3 * minuteMs);
    expect(minutes(noon - 8 * dayMs, noon)[0]).toEqual([noon - 7 * dayMs + 3 * minuteMs, -99]);
    const hours = store.hours(
      { modemId: 'A', from: noon - 400 * dayMs, to: noon - 200 * dayMs, stepMs: hourMs },
      noon,
    );
    expect(hours.map(({ at }) => at)).toEqual([noon - 300 * dayMs]);
  });

  test('is not forgotten because the clock jumped, until it has stood for ten minutes', async () => {
    const { clock, history, set, minutes } = bench();
    set({});
    history.start();
    await clock.advance(minuteMs);
    clock.shift(400 * dayMs);
    await clock.advance(5 * minuteMs);
    expect(minutes(noon, noon + hourMs)).toHaveLength(1);
    clock.shift(-400 * dayMs);
    await clock.advance(30 * minuteMs);
    expect(minutes(noon, noon + hourMs).length).toBeGreaterThan(25);
  });

  test('goes on after a minute that could not be written', async () => {
    const { clock, database, history, set, minutes } = bench();
    set({});
    history.start();
    const blocked = 'CREATE TRIGGER full BEFORE INSERT ON health_minutes BEGIN SELECT RAISE(ABORT, ?); END';
    database.prepare(blocked.replace('?', "'disk full'")).run();
    await clock.advance(minuteMs);
    database.prepare('DROP TRIGGER full').run();
    await clock.advance(minuteMs);
    expect(minutes(noon, noon + hourMs)).toEqual([[noon + minuteMs, -70]]);
  });
});

describe('a long series', () => {
  test('is read in pieces, so that others have their turn meanwhile', async () => {
    const { clock, store, reader } = bench();
    const row = {
      modemId: 'A',
      simId: 3,
      online: 1,
      signal: -70,
      reference: undefined,
      quality: undefined,
      temperature: undefined,
      supply: undefined,
      storagePercent: undefined,
      technology: undefined,
      operator: undefined,
    };
    store.add(Array.from({ length: 7 * 1_440 }, (_, at) => ({ ...row, at: noon - at * minuteMs })));
    const range = { from: noon - 7 * dayMs, to: noon + 30 * minuteMs, stepMs: 30 * minuteMs };
    let turns = 0;
    let over = false;
    const counting = () => {
      turns++;
      if (!over) setImmediate(counting);
    };
    setImmediate(counting);
    const series = await reader.series('A', range, clock.now());
    over = true;
    expect(series.points.length).toBeGreaterThan(330);
    expect(new Set(series.points.map(({ at }) => at)).size).toBe(series.points.length);
    expect(turns).toBeGreaterThan(8);
  });
});
