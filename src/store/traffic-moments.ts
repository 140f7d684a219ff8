import type { Database } from './database.ts';

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

  /** When the text that was taken in last for this number came. */
  lastReceived(number: string): number | undefined {
    const row = this.#database
      .prepare<[string], { at: number }>(
        `SELECT created_at AS at FROM messages INDEXED BY messages_received_to
         WHERE to_number = ? AND direction = 'inbound' ORDER BY seq DESC LIMIT 1`,
      )
      .get(number);
    return row?.at;
  }
}
