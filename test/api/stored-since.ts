import type { Database } from '../../src/store/database.ts';

interface Table {
  readonly name: string;
  /** The greatest rowid at the beginning; undefined for a table without rowids. */
  readonly upTo: number | undefined;
}

/** Kept by triggers, and by SQLite for the index of texts. */
const keptByOthers = /^(?:message_counts|message_search.*|sqlite_.*)$/;

/** Remembers what a database held, so that the rows that tests add can be taken out of it again. */
export class StoredSince {
  readonly #database: Database;
  readonly #tables: readonly Table[];

  constructor(database: Database) {
    this.#database = database;
    this.#tables = database
      .prepare<[], { name: string; wr: number }>(
        `SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`,
      )
      .all()
      .filter(({ name }) => !keptByOthers.test(name))
      .flatMap(({ name, wr }) => this.#asIs(name, wr === 1) ?? []);
  }

  takeOut(): void {
    this.#database.transaction(() => {
      this.#database.prepare('PRAGMA defer_foreign_keys = ON').run();
      for (const { name, upTo } of this.#tables) {
        if (upTo === undefined) this.#database.prepare(`DELETE FROM ${name}`).run();
        else this.#database.prepare(`DELETE FROM ${name} WHERE rowid > ?`).run(upTo);
      }
    });
  }

  /** A table without rowids that is not empty keeps what it gets: none of those is written by tests. */
  #asIs(name: string, isWithoutRowid: boolean): Table | undefined {
    const what = isWithoutRowid ? 'count(*)' : 'coalesce(max(rowid), 0)';
    const known = this.#database.prepare<[], { n: number }>(`SELECT ${what} AS n FROM ${name}`).get()?.n ?? 0;
    if (!isWithoutRowid) return { name, upTo: known };
    return known === 0 ? { name, upTo: undefined } : undefined;
  }
}
