import type { Database } from './database.ts';

/** When a modem started anew, and when it was last told to. Moments are milliseconds since 1970. */
export interface KeptRestarts {
  readonly toldAt: number | undefined;
  readonly moments: readonly number[];
}

/** What is remembered of modems so that they are not tried anew at each start of the program. */
export class ModemCareStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  restartsOf(imei: string): KeptRestarts | undefined {
    const row = this.#database
      .prepare<[string], { told_at: number | null; moments: string }>(
        'SELECT told_at, moments FROM modem_restarts WHERE imei = ?',
      )
      .get(imei);
    return row && { toldAt: row.told_at ?? undefined, moments: JSON.parse(row.moments) as number[] };
  }

  keepRestarts(imei: string, { toldAt, moments }: KeptRestarts): void {
    this.#database
      .prepare(
        `INSERT INTO modem_restarts (imei, told_at, moments) VALUES (?, ?, ?)
         ON CONFLICT (imei) DO UPDATE SET told_at = excluded.told_at, moments = excluded.moments`,
      )
      .run(imei, toldAt ?? null, JSON.stringify(moments));
  }

  /** The `service` of AT+CGSMS at which the network took texts of this SIM from this modem. */
  bearerOf(modemId: string, simId: number): number | undefined {
    return this.#database
      .prepare<[string, number], { bearer: number }>(
        'SELECT bearer FROM text_bearers WHERE modem_id = ? AND sim_id = ?',
      )
      .get(modemId, simId)?.bearer;
  }

  keepBearer(modemId: string, simId: number, bearer: number): void {
    this.#database
      .prepare(
        `INSERT INTO text_bearers (modem_id, sim_id, bearer) VALUES (?, ?, ?)
         ON CONFLICT (modem_id, sim_id) DO UPDATE SET bearer = excluded.bearer`,
      )
      .run(modemId, simId, bearer);
  }

  /** The stores that a modem named as holding status reports. */
  reportStoresOf(modemId: string): string[] {
    return this.#database
      .prepare<[string], { storage: string }>('SELECT storage FROM report_stores WHERE modem_id = ?')
      .all(modemId)
      .map(({ storage }) => storage);
  }

  keepReportStore(modemId: string, storage: string): void {
    this.#database
      .prepare('INSERT INTO report_stores (modem_id, storage) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(modemId, storage);
  }
}
