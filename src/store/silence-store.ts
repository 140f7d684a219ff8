import type { Database } from './database.ts';

/** When something last came of a SIM. Moments are milliseconds since 1970, undefined where there was none. */
export class SilenceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** When the last delivery report came. */
  lastReportAt(simId: number): number | undefined {
    return this.#moment('SELECT max(received_at) AS at FROM status_reports WHERE sim_id = +?', simId);
  }

  /** When the network took the oldest part of a text after this moment. */
  acceptedAfter(simId: number, after: number): number | undefined {
    return this.#moment(
      'SELECT min(accepted_at) AS at FROM segments WHERE sim_id = +? AND accepted_at > ?',
      simId,
      after,
    );
  }

  /** When the last text, or part of one, came in. */
  lastInboundAt(simId: number): number | undefined {
    return this.#moment('SELECT max(received_at) AS at FROM inbound_parts WHERE sim_id = +?', simId);
  }

  #moment(sql: string, ...values: number[]): number | undefined {
    const row = this.#database.prepare<number[], { at: number | null }>(sql).get(...values);
    return row?.at ?? undefined;
  }
}
