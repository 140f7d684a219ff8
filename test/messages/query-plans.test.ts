import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IdempotencyStore } from '../../src/store/idempotency-store.ts';
import { RetentionStore } from '../../src/store/retention-store.ts';
import { GatewayBench } from './gateway-bench.ts';

/** Tables that grow with every message. */
const growing =
  'messages|segments|attempts|timeline|status_reports|inbound_parts|events|idempotency|deliveries|delivery_attempts';

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
    expect(readingAll(seen, bench.table.database.file)).toEqual([]);
  });

  it('nor what is asked to take a message out of everything, or to forget it', async () => {
    const { bench } = await GatewayBench.ready();
    const sent = await bench.send({ body: 'x'.repeat(400) });
    const old = await bench.send();
    await bench.reaches(old, 'delivered');
    const { database } = bench.table;
    const seq = bench.outbound.any(old)?.seq ?? 0;
    await bench.reaches(sent, 'delivered');
    const later = bench.clock.now() + 9 * 24 * 3_600_000;
    const seen = statements();
    bench.control.erase(sent);
    expect(new RetentionStore(database).remove([seq], later, later)).toBe(1);
    new IdempotencyStore(database).prune(bench.clock.now(), 1);
    vi.restoreAllMocks();
    expect(readingAll(seen, database.file)).toEqual([]);
  });
});

/** Those of the statements that change or ask for something and would read all of a growing table. */
function readingAll(seen: ReadonlySet<string>, file: string): { sql: string; all: string[] }[] {
  const asked = Array.from(seen).filter(
    (sql) => /^\s*(?:SELECT|UPDATE|DELETE)/i.test(sql) && !sql.includes('NOT INDEXED LIMIT 1'),
  );
  expect(asked.length).toBeGreaterThan(15);
  const connection = new Sqlite(file);
  const plans = asked.map((sql) => ({ sql, all: planOf(connection, sql).filter(readsAll) }));
  connection.close();
  return plans.filter(({ all }) => all.length > 0);
}
