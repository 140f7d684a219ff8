import type { UssdWay } from '../contract/modem.ts';
import type { Database } from './database.ts';

type Form = 'text' | 'packed' | 'ucs2';

/** How modems want their USSD strings: what a person set for one, and what was found out of a model. */
export class UssdStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  ussdWay(modemId: string): UssdWay {
    const row = this.#database
      .prepare<[string], { way: UssdWay }>('SELECT way FROM ussd_ways WHERE modem_id = ?')
      .get(modemId);
    return row?.way ?? 'automatic';
  }

  setUssdWay(modemId: string, way: UssdWay): void {
    if (way === 'automatic') {
      this.#database.prepare('DELETE FROM ussd_ways WHERE modem_id = ?').run(modemId);
      return;
    }
    this.#database
      .prepare(
        `INSERT INTO ussd_ways (modem_id, way) VALUES (?, ?)
         ON CONFLICT (modem_id) DO UPDATE SET way = excluded.way`,
      )
      .run(modemId, way);
  }

  /** The form in which modems of this model were answered. */
  ussdForm(model: string): Form | undefined {
    return this.#database
      .prepare<[string], { form: Form }>('SELECT form FROM ussd_forms WHERE model = ?')
      .get(model)?.form;
  }

  keepUssdForm(model: string, form: Form): void {
    this.#database
      .prepare(
        `INSERT INTO ussd_forms (model, form) VALUES (?, ?)
         ON CONFLICT (model) DO UPDATE SET form = excluded.form`,
      )
      .run(model, form);
  }
}
