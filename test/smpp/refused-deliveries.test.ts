import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { SmppStore } from '../../src/store/smpp-store.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';

/** How SQLite goes about each statement that `work` asks of the store. */
function plansOf(work: (store: SmppStore) => void): string[] {
  const database = temporaryDatabase();
  const asked = new Set<string>();
  const prepare = Sqlite.prototype.prepare;
  const spy = vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (
    this: Sqlite.Database,
    sql: string,
  ) {
    asked.add(sql);
    return prepare.call(this, sql);
  } as typeof prepare);
  work(new SmppStore(database));
  spy.mockRestore();
  return [...asked].flatMap((sql) => {
    const places = sql.match(/\?/g)?.map(() => '1') ?? [];
    const rows = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...places);
    return rows.map(({ detail }) => detail);
  });
}

test('what clients refused, however much, is not read again and again to find what is due', () => {
  const plans = plansOf((store) => {
    store.due('key', 1, [], 10);
    store.nextDueAt('key', 1);
  });
  const searches = plans.filter((detail) => detail.includes('smpp_deliveries'));
  expect(searches).toHaveLength(2);
  for (const detail of searches) expect(detail).toMatch(/^SEARCH .*\(key_id=\? AND due_at[<>]\?\)$/);
  expect(plans.filter((detail) => detail.includes('B-TREE'))).toEqual([]);
});
