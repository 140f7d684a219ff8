import { formatTimestamp } from '../contract/message.ts';
import type { ListEntry, NumberList } from '../contract/number-list.ts';
import type { Database } from './database.ts';

interface EntryRow {
  readonly number: string;
  readonly note: string | null;
  readonly source: ListEntry['source'];
  readonly created_at: number;
}

/** So many digits at the end find the numbers that may be the same, however a network wrote them. */
const keyDigits = 7;

/** The lists of numbers that a person keeps. */
export class NumberListStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts a number on a list; one that stands there already keeps its time and gets the new note. */
  add(list: NumberList, entry: Pick<ListEntry, 'number' | 'note' | 'source'>, at: number): ListEntry {
    const { number, note, source } = entry;
    const row = this.#database
      .prepare<[object], EntryRow>(
        `INSERT INTO listed_numbers (list, number, match_key, note, source, created_at)
         VALUES (@list, @number, @key, @note, @source, @at)
         ON CONFLICT (list, number) DO UPDATE SET note = coalesce(excluded.note, note)
         RETURNING number, note, source, created_at`,
      )
      .get({ list, number, key: keyOf(list, number), note, source, at });
    return toEntry(row ?? { number, note, source, created_at: at });
  }

  /** Takes a number off a list; false where it did not stand there. */
  remove(list: NumberList, number: string): boolean {
    return (
      this.#database.prepare('DELETE FROM listed_numbers WHERE list = ? AND number = ?').run(list, number)
        .changes > 0
    );
  }

  find(list: NumberList, number: string): ListEntry | undefined {
    const row = this.#database
      .prepare<[string, string], EntryRow>(
        'SELECT number, note, source, created_at FROM listed_numbers WHERE list = ? AND number = ?',
      )
      .get(list, number);
    return row && toEntry(row);
  }

  /** A page of a list by number, and how many entries there are. */
  page(list: NumberList, limit: number, offset: number): { entries: ListEntry[]; total: number } {
    const rows = this.#database
      .prepare<[string, number, number], EntryRow>(
        `SELECT number, note, source, created_at FROM listed_numbers WHERE list = +?
         ORDER BY number LIMIT ? OFFSET ?`,
      )
      .all(list, limit, offset);
    const counted = this.#database
      .prepare<[string], { total: number }>('SELECT count(*) AS total FROM listed_numbers WHERE list = ?')
      .get(list);
    return { entries: rows.map(toEntry), total: counted?.total ?? 0 };
  }

  /** Whether one of these numbers or names stands on a list, or digits that one of them begins with. */
  matches(list: 'blocked' | 'allowed', numbers: readonly string[]): boolean {
    if (this.#isEmpty(list)) return false;
    const keys = numbers.flatMap(keysOf);
    return (
      this.#database
        .prepare(
          `SELECT 1 FROM listed_numbers INDEXED BY listed_numbers_match
           WHERE list = ? AND match_key IN (SELECT value FROM json_each(?)) LIMIT 1`,
        )
        .get(list, JSON.stringify(keys)) !== undefined
    );
  }

  /** Entries of a list whose last digits are those of `number`: the same number, or one that only looks like it. */
  similar(list: 'opted-out', number: string): string[] {
    return this.#database
      .prepare<[string, string], { number: string }>(
        'SELECT number FROM listed_numbers INDEXED BY listed_numbers_match WHERE list = ? AND match_key = ? LIMIT 100',
      )
      .all(list, keyOf(list, number))
      .map((row) => row.number);
  }

  /** Most gateways have no black list, and are asked for each text. */
  #isEmpty(list: NumberList): boolean {
    return (
      this.#database.prepare('SELECT 1 FROM listed_numbers WHERE list = +? LIMIT 1').get(list) === undefined
    );
  }
}

function keyOf(list: NumberList, number: string): string {
  return list === 'opted-out' ? number.replace(/\D/g, '').slice(-keyDigits) : number.toLowerCase();
}

/** What an entry can be that a number matches: the number itself, or its first digits with a star behind them. */
function keysOf(number: string): string[] {
  const whole = number.toLowerCase();
  if (!/^\+?\d+$/.test(whole)) return [whole];
  return [whole, ...Array.from(whole, (_, index) => `${whole.slice(0, index + 1)}*`)];
}

function toEntry(row: EntryRow): ListEntry {
  return { ...row, created_at: formatTimestamp(row.created_at) };
}
