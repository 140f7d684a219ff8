import { onTestFinished, expect, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { Database } from '../../src/store/database.ts';
import { eraseMessage } from '../../src/store/emptying.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { PresentCounts } from '../../src/store/present-counts.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

const queries = [
  {},
  { direction: 'outbound' },
  { status: 'sent' },
  { number: '+14155552671' },
  { from_date: '2026-06-08', to_date: '2026-06-08', direction: 'inbound' },
];

const totals = (log: MessageLog) => queries.map((query) => log.page(messageQuery.parse(query))?.total);

function office() {
  const database = temporaryDatabase();
  for (let place = 0; place < 4; place++) storeMessage(database);
  storeMessage(database, { direction: 'inbound', from: '+14155553000', to: '+14155552671' });
  const log = new MessageLog(database);
  expect(totals(log)).toEqual([5, 4, 4, 5, 1]);
  return { database, log };
}

/** As a command of the command line works beside a gateway. */
function another(database: Database): Database {
  const connection = Database.open(database.file);
  onTestFinished(() => connection.close());
  return connection;
}

const run = (sql: string) => (database: Database) => void database.prepare(sql).run();

const changes: readonly (readonly [string, (database: Database) => void, readonly number[]])[] = [
  ['a new message', (database) => void storeMessage(database), [6, 5, 5, 6, 1]],
  ['another status', run(`UPDATE messages SET status = 'delivered' WHERE seq = 1`), [5, 4, 3, 5, 1]],
  ['a message that is hidden', run('UPDATE messages SET hidden = 1 WHERE seq = 5'), [4, 4, 4, 4, 0]],
  ['a removed message', run('DELETE FROM messages WHERE seq = 5'), [4, 4, 4, 4, 0]],
  ['no message any more', run('DELETE FROM messages'), [0, 0, 0, 0, 0]],
  ['an erased number', (database) => eraseMessage(database, 5, 1), [5, 4, 4, 5, 1]],
  ['another number of ours', run(`UPDATE messages SET from_number = '+1' WHERE seq = 1`), [5, 4, 4, 4, 1]],
];

test.each(changes)('%s is in the next total, also where another process wrote it', (_what, change, after) => {
  const here = office();
  change(here.database);
  expect(totals(here.log)).toEqual(after);
  const beside = office();
  change(another(beside.database));
  expect(totals(beside.log)).toEqual(after);
});

test('what is taken back was never counted', () => {
  const { database, log } = office();
  const inVain = () =>
    database.transaction(() => {
      storeMessage(database);
      expect(() => totals(log)).toThrow(/within a transaction/);
      throw new Error('in vain');
    });
  expect(inVain).toThrow('in vain');
  expect(totals(log)).toEqual([5, 4, 4, 5, 1]);
  storeMessage(database);
  expect(totals(log)).toEqual([6, 5, 5, 6, 1]);
});

test('nothing is added up again until something is written', () => {
  const { database } = office();
  const counts = new PresentCounts(database);
  const first = counts.get();
  const days = first.days({});
  expect(counts.get()).toBe(first);
  expect(first.days({})).toBe(days);
  run(`INSERT INTO settings (name, value) VALUES ('test', '1')`)(database);
  expect(counts.get()).not.toBe(first);
});

test('sums of very many lists are not all kept', () => {
  const { database } = office();
  const counts = new PresentCounts(database).get();
  const first = counts.days({ ownNumber: '+1' });
  for (let number = 0; number < 100; number++) counts.days({ ownNumber: `+2${number}` });
  expect(counts.days({ ownNumber: '+1' })).not.toBe(first);
});
