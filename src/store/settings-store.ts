import { type GatewaySettings, type GatewaySettingsChange, gatewaySettings } from '../contract/settings.ts';
import type { Database } from './database.ts';

/** The settings of the whole gateway; only what a person has set is kept. */
export class SettingsStore {
  readonly #database: Database;
  #known: GatewaySettings | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All settings, the defaults where nobody has set anything. */
  all(): GatewaySettings {
    this.#known ??= this.#read();
    return this.#known;
  }

  /** Another process may have changed them: they are read again when they are asked for next. */
  forget(): void {
    this.#known = undefined;
  }

  /** Changes the settings that are named, leaving the others. */
  change(change: GatewaySettingsChange): void {
    this.forget();
    this.#database.transaction(() => {
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined) continue;
        this.#database
          .prepare(
            'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
          )
          .run(name, JSON.stringify(value));
      }
    });
  }

  #read(): GatewaySettings {
    const rows = this.#database
      .prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
      .all();
    const known = rows.filter(({ name }) => Object.hasOwn(gatewaySettings.shape, name));
    return gatewaySettings.parse(
      Object.fromEntries(known.map(({ name, value }) => [name, JSON.parse(value)])),
    );
  }
}
