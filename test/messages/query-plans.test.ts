import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GatewayBench } from './gateway-bench.ts';

/** Tables that grow with every message. */
const growing = 'messages|segments|attempts|timeline|status_reports|inbound_parts';

/** Whether SQLite would read a growing table from its first row to its last: an index of the open ones is no such. */
const readsAll = (detail: string) => new RegExp(`^SCAN (?:${growing})$|messages_by_age`).test(detail);

/** Gives each statement that is prepared from now on, once. */
function statements(): Set<string> {
  const seen = new Set<string>();
  const prepare = Sqlite.prototype.prepare;
  vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (this: Sqlite.Database, sql: string) {
    seen.add(sql);
    return prepare.call(this, sql);
  } as typeof prepare);
  return seen;
}

function planOf(connection: Sqlite.Database, sql: string): string[] {
  const named = Array.from(sql.matchAll(/@(\w+)/g), ([, name]) => [name, 1]);
  const places = sql.match(/\?/g)?.map(() => 1) ?? [];
  const parameters = named.length > 0 ? [Object.fromEntries(named), ...places] : places;
  const rows = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}

describe('what is asked of the store for each text', () => {
  afterEach(() => vi.restoreAllMocks());

  it('never reads all messages that there ever were', async () => {
    const seen = statements();
    const { bench } = await GatewayBench.ready();
    const sent = await bench.send({ body: 'x'.repeat(400) });
    await bench.reaches(sent, 'delivered');
    await bench.clock.advance(120_000);
    await bench.restart();
    vi.restoreAllMocks();
    const asked = Array.from(seen).filter(
      (sql) => /^\s*(?:SELECT|UPDATE|DELETE)/i.test(sql) && !sql.includes('NOT INDEXED LIMIT 1'),
    );
    expect(asked.length).toBeGreaterThan(20);
    const connection = new Sqlite(bench.table.database.file);
    const plans = asked.map((sql) => ({ sql, all: planOf(connection, sql).filter(readsAll) }));
    connection.close();
    expect(plans.filter(({ all }) => all.length > 0)).toEqual([]);
  });
});
