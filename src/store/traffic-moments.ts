import type { Database } from './database.ts';

/** Of a number that others of this gateway write to, no more than this is looked through for what came in. */
const mostLookedThrough = 500;

/** When the last text left from a SIM and the last one came in on a number. Milliseconds since 1970. */
export class TrafficMoments {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** When the network took the segment that was handed over last from this SIM. */
  lastSent(simId: number): number | undefined {
    const row = this.#database
      .prepare<[number], { at: number }>(
        `SELECT accepted_at AS at FROM segments INDEXED BY segments_by_sim WHERE sim_id = ? AND accepted_at IS NOT NULL
         ORDER BY submitted_at DESC LIMIT 1`,
      )
      .get(simId);
    return row?.at;
  }

  /** When the last text came in for this number, as far as it is among the newest that name it. */
  lastReceived(number: string): number | undefined {
    const row = this.#database
      .prepare<[string, number], { at: number | null }>(
        `SELECT max(created_at) AS at FROM (SELECT created_at, direction FROM messages INDEXED BY messages_by_to
           WHERE to_number = ? ORDER BY seq DESC LIMIT ?) WHERE direction = 'inbound'`,
      )
      .get(number, mostLookedThrough);
    return row?.at ?? undefined;
  }
}
