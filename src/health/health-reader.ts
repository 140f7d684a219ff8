import { setImmediate as othersFirst } from 'node:timers/promises';
import type { HealthPoint, HealthRange, HealthSeries } from '../contract/health.ts';
import { formatTimestamp } from '../contract/message.ts';
import type { HealthRow, HealthStore } from '../store/health-store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A year of hours is 8,760 rows: they are read so many at a time, and what else waits comes in between. */
const rowsAtOnce = 400;

/** The ICCID of a SIM, or undefined where it hides it. */
export type IccidOf = (simId: number) => string | undefined;

/** Reads how modems fared. */
export class HealthReader {
  readonly #store: HealthStore;
  readonly #iccidOf: IccidOf;

  constructor(store: HealthStore, iccidOf: IccidOf) {
    this.#store = store;
    this.#iccidOf = iccidOf;
  }

  /** Whether anything is kept of this modem. */
  knows(modemId: string): boolean {
    return this.#store.knows(modemId);
  }

  /** @param now hours are made up to here */
  async series(modemId: string, range: HealthRange, now: number): Promise<HealthSeries> {
    const { from, to, stepMs } = range;
    const byHours = stepMs >= hourMs;
    const sliceMs = Math.max(1, Math.floor((rowsAtOnce * (byHours ? hourMs : minuteMs)) / stepMs)) * stepMs;
    const hoursEnd = this.#store.hoursEnd(now) ?? 0;
    const iccids = new Map<string, string | null>();
    const points: HealthPoint[] = [];
    for (let start = from; start < to; start += sliceMs) {
      if (start > from) await othersFirst();
      const slice = { modemId, from: start, to: Math.min(start + sliceMs, to), stepMs };
      const rows = byHours ? this.#store.hours(slice, hoursEnd) : this.#store.minutes(slice);
      for (const row of rows) points.push(pointOf(row, this.#iccid(row.sim_id, iccids)));
    }
    return {
      modem_id: modemId,
      from: formatTimestamp(from),
      to: formatTimestamp(to),
      step_seconds: stepMs / 1_000,
      points,
    };
  }

  #iccid(simId: string, known: Map<string, string | null>): string | null {
    const iccid = known.get(simId) ?? this.#iccidOf(Number(simId)) ?? null;
    known.set(simId, iccid);
    return iccid;
  }
}

function pointOf(row: HealthRow, iccid: string | null): HealthPoint {
  return {
    at: formatTimestamp(row.at),
    iccid,
    online: rounded(row.online, 4) ?? 0,
    signal_dbm: rounded(row.signal, 1),
    signal_min_dbm: rounded(row.signal_min, 1),
    signal_max_dbm: rounded(row.signal_max, 1),
    reference_signal_dbm: rounded(row.reference, 1),
    quality_db: rounded(row.quality, 1),
    temperature_c: rounded(row.temperature, 1),
    temperature_max_c: rounded(row.temperature_max, 1),
    supply_v: rounded(row.supply, 3),
    supply_min_v: rounded(row.supply_min, 3),
    storage_percent: rounded(row.storage_percent, 1),
    technology: row.technology,
    operator: row.operator,
  };
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
