import type { Database } from './database.ts';

const hourMs = 3_600_000;

/** How a modem fared in one minute, which began at `at` (milliseconds since 1970). Undefined is "not known". */
export interface HealthMinute {
  readonly modemId: string;
  readonly at: number;
  readonly simId: number | undefined;
  /** The share of the minute in which it was ready, from 0 to 1. */
  readonly online: number;
  /** dBm, dBm and dB. */
  readonly signal: number | undefined;
  readonly reference: number | undefined;
  readonly quality: number | undefined;
  /** Degrees Celsius and volts. */
  readonly temperature: number | undefined;
  readonly supply: number | undefined;
  readonly storagePercent: number | undefined;
  readonly technology: string | undefined;
  readonly operator: string | undefined;
}

/** What a step of a series is made of: averages, weighted by the minutes that stand behind them, and extremes. */
export interface HealthRow {
  readonly at: number;
  /** In digits; `0` where none was known. */
  readonly sim_id: string;
  readonly online: number;
  readonly signal: number | null;
  readonly signal_min: number | null;
  readonly signal_max: number | null;
  readonly reference: number | null;
  readonly quality: number | null;
  readonly temperature: number | null;
  readonly temperature_max: number | null;
  readonly supply: number | null;
  readonly supply_min: number | null;
  readonly storage_percent: number | null;
  readonly technology: string | null;
  readonly operator: string | null;
}

/** A slice of a series: `from` up to, not including, `to`, in steps of `stepMs`. */
export interface HealthSlice {
  readonly modemId: string;
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

const mean = (column: string) =>
  `sum(${column} * minutes) / sum(CASE WHEN ${column} IS NULL THEN 0 ELSE minutes END) AS ${column}`;

/** The value in the newest row that has one, as text: the time before it, in digits of one length, decides. */
const newest = (column: string) => `substr(max(printf('%014d', at) || ${column}), 15) AS ${column}`;

/** Numbers are bound as floating point, hence the cast. */
const steps = (rows: string) => `
  SELECT at / CAST(@stepMs AS INTEGER) * CAST(@stepMs AS INTEGER) AS at, ${newest('sim_id')}, ${mean('online')},
    ${mean('signal')}, min(signal_min) AS signal_min, max(signal_max) AS signal_max,
    ${mean('reference')}, ${mean('quality')},
    ${mean('temperature')}, max(temperature_max) AS temperature_max,
    ${mean('supply')}, min(supply_min) AS supply_min,
    max(storage_percent) AS storage_percent, ${newest('technology')}, ${newest('operator')}
  FROM (${rows}) GROUP BY 1 ORDER BY 1`;

const minuteRows = (since: string) => `
  SELECT at, sim_id, 1 AS minutes, online, signal, signal AS signal_min, signal AS signal_max, reference, quality,
    temperature, temperature AS temperature_max, supply, supply AS supply_min, storage_percent, technology, operator
  FROM health_minutes WHERE modem_id = @modemId AND at >= ${since} AND at < @to`;

const hourRows = `
  SELECT at, sim_id, minutes, online, signal, signal_min, signal_max, reference, quality,
    temperature, temperature_max, supply, supply_min, storage_percent, technology, operator
  FROM health_hours WHERE modem_id = @modemId AND at >= @from AND at < @to`;

const byMinutes = steps(minuteRows('@from'));
const byHours = steps(`${hourRows} UNION ALL ${minuteRows('max(@from, @hoursEnd)')}`);

const hourFromMinutes = `
  INSERT OR REPLACE INTO health_hours (modem_id, at, sim_id, minutes, online, signal, signal_min, signal_max,
    reference, reference_min, reference_max, quality, temperature, temperature_min, temperature_max,
    supply, supply_min, supply_max, storage_percent, technology, operator)
  SELECT modem_id, @hour, sim_id, count(*), avg(online), avg(signal), min(signal), max(signal),
    avg(reference), min(reference), max(reference), avg(quality),
    avg(temperature), min(temperature), max(temperature),
    avg(supply), min(supply), max(supply), max(storage_percent), ${newest('technology')}, ${newest('operator')}
  FROM health_minutes WHERE at >= @hour AND at < @hour + ${hourMs}
  GROUP BY modem_id, sim_id`;

/** How modems fared: a row a minute, and a row an hour made of the minutes. */
export class HealthStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps a minute of several modems, in one commit. */
  add(minutes: readonly HealthMinute[]): void {
    const statement = this.#database.prepare(
      `INSERT OR REPLACE INTO health_minutes (modem_id, at, sim_id, online, signal, reference, quality, temperature,
         supply, storage_percent, technology, operator)
       VALUES (@modemId, @at, @simId, @online, @signal, @reference, @quality, @temperature, @supply,
         @storagePercent, @technology, @operator)`,
    );
    this.#database.transaction(() => {
      for (const minute of minutes) statement.run({ ...withNulls(minute), simId: minute.simId ?? 0 });
    });
  }

  /** The SIM that was in a modem the last time that one was known there. */
  lastSim(modemId: string): number | undefined {
    for (const table of ['health_minutes', 'health_hours']) {
      const row = this.#database
        .prepare<[string], { sim_id: number }>(
          `SELECT sim_id FROM ${table} WHERE modem_id = ? AND sim_id > 0 ORDER BY at DESC LIMIT 1`,
        )
        .get(modemId);
      if (row) return row.sim_id;
    }
    return undefined;
  }

  /** Makes the hour that began at `hour` out of its minutes; a second time it is the same. */
  makeHour(hour: number): void {
    this.#database.prepare(hourFromMinutes).run({ hour });
  }

  /** The start of the hour after the newest one that was made before `now`; undefined where none was. */
  hoursEnd(now: number): number | undefined {
    const row = this.#database
      .prepare<[number], { at: number | null }>('SELECT max(at) AS at FROM health_hours WHERE at <= ?')
      .get(now);
    return row?.at == null ? undefined : row.at + hourMs;
  }

  /** The start of the oldest minute that is kept from `since` on. */
  firstMinute(since: number): number | undefined {
    const row = this.#database
      .prepare<[number], { at: number | null }>('SELECT min(at) AS at FROM health_minutes WHERE at >= ?')
      .get(since);
    return row?.at ?? undefined;
  }

  newestMinute(): number | undefined {
    const row = this.#database
      .prepare<[], { at: number | null }>('SELECT max(at) AS at FROM health_minutes')
      .get();
    return row?.at ?? undefined;
  }

  /** Whether anything is kept of this modem. */
  knows(modemId: string): boolean {
    const sql = (table: string) => `EXISTS (SELECT 1 FROM ${table} WHERE modem_id = @modemId)`;
    const row = this.#database
      .prepare<[{ modemId: string }], { known: number }>(
        `SELECT ${sql('health_minutes')} OR ${sql('health_hours')} AS known`,
      )
      .get({ modemId });
    return row?.known === 1;
  }

  /** A slice made of minutes. */
  minutes(slice: HealthSlice): HealthRow[] {
    return this.#database.prepare<[HealthSlice], HealthRow>(byMinutes).all(slice);
  }

  /** A slice made of hours, and of the minutes from `hoursEnd` on, of which no hour was made yet. */
  hours(slice: HealthSlice, hoursEnd: number): HealthRow[] {
    return this.#database
      .prepare<[HealthSlice & { hoursEnd: number }], HealthRow>(byHours)
      .all({ ...slice, hoursEnd });
  }

  /** Forgets at most `most` rows of each kind that are older; how many there were. */
  prune(minutesBefore: number, hoursBefore: number, most: number): number {
    return this.#database.transaction(
      () =>
        this.#pruneTable('health_minutes', 'modem_id, at', minutesBefore, most) +
        this.#pruneTable('health_hours', 'modem_id, at, sim_id', hoursBefore, most),
    );
  }

  #pruneTable(table: string, key: string, before: number, most: number): number {
    return this.#database
      .prepare(
        `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`,
      )
      .run(before, most).changes;
  }
}

function withNulls(minute: HealthMinute): Record<string, unknown> {
  return Object.fromEntries(Object.entries(minute).map(([name, value]) => [name, value ?? null]));
}
