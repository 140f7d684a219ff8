import { type NetworkChange, type StoredNetwork, storedNetwork } from '../contract/network.ts';
import type { Database } from './database.ts';

const row = 'network';

/** Where the gateway listens, as far as a person has set it. */
export class NetworkStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): StoredNetwork {
    const kept = this.#database
      .prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
      .get(row);
    return kept ? storedNetwork.parse(JSON.parse(kept.value)) : {};
  }

  /** Changes what is named; `null` takes it away. */
  change(change: NetworkChange): void {
    this.#database.transaction(() => {
      const joined = Object.entries({ ...this.all(), ...change });
      const next = Object.fromEntries(joined.filter(([, value]) => value !== null && value !== undefined));
      this.#database
        .prepare(
          'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        )
        .run(row, JSON.stringify(next));
    });
  }
}
