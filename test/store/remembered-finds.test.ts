import { expect, onTestFinished, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { Database } from '../../src/store/database.ts';
import { eraseMessage, redactMessage } from '../../src/store/emptying.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { mostNewest } from '../../src/store/remembered-finds.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

const asked = messageQuery.parse({ q: 'order', per_page: '3' });

/** What was asked for once before, and is remembered. */
function office() {
  const database = temporaryDatabase();
  for (let place = 1; place <= 5; place++) storeMessage(database, { body: `Order ${place}` });
  const log = new MessageLog(database);
  const look = () => {
    const page = log.page(asked);
    return [page?.total, page?.data.map(({ body }) => body)];
  };
  expect(look()).toEqual([5, ['Order 5', 'Order 4', 'Order 3']]);
  return { database, log, look };
}

function another(database: Database): Database {
  const connection = Database.open(database.file);
  onTestFinished(() => connection.close());
  return connection;
}

const run = (sql: string) => (database: Database) => void database.prepare(sql).run();

const changes: readonly (readonly [string, (database: Database) => void, number, readonly string[]])[] = [
  [
    'a new one',
    (database) => void storeMessage(database, { body: 'order 6' }),
    6,
    ['order 6', 'Order 5', 'Order 4'],
  ],
  [
    'one that is not asked for',
    (database) => void storeMessage(database, { body: 'No' }),
    5,
    ['Order 5', 'Order 4', 'Order 3'],
  ],
  ['an erased one', (database) => eraseMessage(database, 5, 1), 4, ['Order 4', 'Order 3', 'Order 2']],
  ['a redacted one', (database) => redactMessage(database, 4, 1), 4, ['Order 5', 'Order 3', 'Order 2']],
  ['a removed one', run('DELETE FROM messages WHERE seq = 5'), 4, ['Order 4', 'Order 3', 'Order 2']],
  [
    'an old one that is removed',
    run('DELETE FROM messages WHERE seq = 1'),
    4,
    ['Order 5', 'Order 4', 'Order 3'],
  ],
  ['a hidden one', run('UPDATE messages SET hidden = 1 WHERE seq = 3'), 4, ['Order 5', 'Order 4', 'Order 2']],
  [
    'a mended one',
    run(`UPDATE messages SET body = 'No' WHERE seq = 5`),
    4,
    ['Order 4', 'Order 3', 'Order 2'],
  ],
];

test.each(changes)('%s is in what is found next, whoever wrote it', (_what, change, total, bodies) => {
  for (const writer of [(database: Database) => database, another]) {
    const { database, look } = office();
    change(writer(database));
    expect(look()).toEqual([total, bodies]);
    expect(look()).toEqual([total, bodies]);
  }
});

test('a message that is remembered is shown as it is now', () => {
  const { database, log } = office();
  run(`UPDATE messages SET status = 'failed' WHERE seq = 5`)(database);
  expect(log.page(asked)?.data.map(({ status }) => status)).toEqual(['failed', 'sent', 'sent']);
});

/** Leaves out so many numbers, as if so many messages had come. */
function pass(database: Database, messages: number): void {
  run(`UPDATE sqlite_sequence SET seq = seq + ${messages} WHERE name = 'messages'`)(database);
  storeMessage(database, { body: 'No' });
}

test('a list of one status holds what has that status now, however old it is and whoever wrote it', () => {
  const { database, log } = office();
  const numbers = (status: string) => {
    const page = log.page(messageQuery.parse({ q: 'order', status }));
    const found = page?.data.map(({ body }) => Number(body.slice(6)));
    expect(page?.total).toBe(found?.length);
    return found;
  };
  const change = (place: number, status: string) =>
    run(`UPDATE messages SET status = '${status}' WHERE body = 'Order ${place}'`)(another(database));
  const all = () => [numbers('sent'), numbers('delivered')];
  expect(all()).toEqual([[5, 4, 3, 2, 1], []]);
  change(5, 'delivered');
  expect(all()).toEqual([[4, 3, 2, 1], [5]]);
  pass(database, 19_990);
  storeMessage(database, { body: 'Order 6' });
  expect(all()).toEqual([[6, 4, 3, 2, 1], [5]]);
  change(6, 'delivered');
  change(1, 'delivered');
  expect(all()).toEqual([
    [4, 3, 2],
    [6, 5, 1],
  ]);
  pass(database, 5);
  expect(all()).toEqual([
    [4, 3, 2],
    [6, 5, 1],
  ]);
  pass(database, 60_000);
  expect(all()).toEqual([
    [4, 3, 2],
    [6, 5, 1],
  ]);
  change(2, 'delivered');
  change(6, 'sent');
  expect(all()).toEqual([
    [6, 4, 3],
    [5, 2, 1],
  ]);
});

test('an old status that stays is not looked for again, whatever happens to new ones', () => {
  const { database, log } = office();
  pass(database, 60_000);
  const look = () => log.page(messageQuery.parse({ q: 'order', status: 'sent' }))?.total;
  expect(look()).toBe(5);
  // No trigger tells of this one: only a list that is remembered does not see it.
  run('DROP TRIGGER settled_status')(database);
  run(`UPDATE messages SET status = 'failed' WHERE seq = 1`)(database);
  storeMessage(database, { body: 'Order 6' });
  expect(look()).toBe(6);
  run(`UPDATE messages SET status = 'failed' WHERE body = 'Order 6'`)(database);
  expect(look()).toBe(5);
});

test('pages behind what is remembered are complete, also while more comes', () => {
  const { database, log } = office();
  const numbers = () =>
    Array.from({ length: 4 }, (_, place) =>
      log.page(messageQuery.parse({ q: 'order', per_page: '100', page: String(place + 1) })),
    ).flatMap((page) => page?.data.map(({ body }) => Number(body.slice(6))));
  const downFrom = (newest: number) => Array.from({ length: newest }, (_, place) => newest - place);
  for (const newest of [mostNewest - 5, mostNewest + 10, mostNewest + 150]) {
    const { total = 0 } = log.page(asked) ?? {};
    database.transaction(() => {
      for (let place = total + 1; place <= newest; place++)
        storeMessage(database, { body: `Order ${place}` });
    });
    expect(numbers()).toEqual(downFrom(newest));
  }
});
