import type { Database } from './database.ts';

/** A SIM that the network refuses: how often its queue rested for that, until when, and what a person is told. */
export interface KeptBlame {
  readonly simId: number;
  readonly rests: number;
  /** Milliseconds since 1970. */
  readonly untilAt: number;
  readonly sentence: string;
}

/** The SIMs that are blamed, over restarts of the program. */
export class BlameStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): readonly KeptBlame[] {
    return this.#database
      .prepare<[], KeptBlame>(
        'SELECT sim_id AS simId, rests, until_at AS untilAt, sentence FROM sim_blames ORDER BY sim_id',
      )
      .all();
  }

  keep(blame: KeptBlame): void {
    this.#database
      .prepare(
        `INSERT INTO sim_blames (sim_id, rests, until_at, sentence) VALUES (@simId, @rests, @untilAt, @sentence)
         ON CONFLICT (sim_id) DO UPDATE SET rests = excluded.rests, until_at = excluded.until_at,
           sentence = excluded.sentence`,
      )
      .run(blame);
  }

  forget(simId: number): void {
    this.#database.prepare('DELETE FROM sim_blames WHERE sim_id = ?').run(simId);
  }
}
