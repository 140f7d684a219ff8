import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import type { Database } from '../../src/store/database.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

/** By the newest messages is judged how many hold a text. */
const sample = 'FROM messages NOT INDEXED ORDER BY seq DESC LIMIT';

/** The plan of each statement that a page of the log is read with. */
function plansOf(database: Database, query: Record<string, string>): string[] {
  const seen = new Set<string>();
  const prepare = Sqlite.prototype.prepare;
  vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (this: Sqlite.Database, sql: string) {
    seen.add(sql);
    return prepare.call(this, sql);
  } as typeof prepare);
  new MessageLog(database).page(messageQuery.parse(query));
  vi.restoreAllMocks();
  const connection = new Sqlite(database.file);
  const asked = [...seen].filter((sql) => !sql.includes(sample));
  const plans = asked.flatMap((sql) => planOf(connection, sql));
  connection.close();
  return plans;
}

function planOf(connection: Sqlite.Database, sql: string): string[] {
  const named = Array.from(sql.matchAll(/@(\w+)/g), ([, name]) => [name, 1]);
  const places = sql.match(/\?/g)?.map(() => 1) ?? [];
  const values = named.length > 0 ? [Object.fromEntries(named)] : places;
  const rows = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}

const indexedQueries: readonly Record<string, string>[] = [
  { direction: 'inbound' },
  { status: 'sent' },
  { number: '+14155552671' },
  { number: '+14155553000' },
  { number: '+14155552671', direction: 'inbound', status: 'received' },
  { client_reference: 'order 7' },
  { client_reference: 'order 7', status: 'sent' },
  { q: 'verification' },
  { kind: 'data' },
  { blocked: 'true' },
];

describe('a page of the log', () => {
  afterEach(() => vi.restoreAllMocks());

  test.each(indexedQueries)('is read from an index and not sorted: %j', (query) => {
    const database = temporaryDatabase();
    for (let place = 0; place < 50; place++) {
      storeMessage(database, { direction: 'inbound', from: '+14155553001', to: '+14155552671' });
      storeMessage(database, { client_reference: place === 0 ? 'order 7' : null });
    }
    storeMessage(database);
    database.prepare('UPDATE search_progress SET indexed_up_to = 200').run();
    const plans = plansOf(database, query);
    expect(plans.length).toBeGreaterThan(1);
    expect(plans.filter((plan) => /^SCAN messages$|messages_by_age|USING AUTOMATIC/.test(plan))).toEqual([]);
  });

  test('is read by the order of arrival where nothing is asked for', () => {
    const database = temporaryDatabase();
    storeMessage(database);
    expect(plansOf(database, {}).join('\n')).not.toMatch(/SCAN messages$|messages_by_/m);
  });
});
