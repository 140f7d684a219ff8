import type { Database } from './database.ts';

/** Among the settings, but none that a person sets by name. */
const name = 'emulated_modems';

/** How many emulated modems a person has started from the pages: they are there again after a restart. */
export class EmulationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  count(): number {
    const row = this.#database
      .prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
      .get(name);
    return row ? Number(row.value) : 0;
  }

  keep(count: number): void {
    this.#database
      .prepare(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, String(count));
  }
}
