import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { createLog } from '../../src/log.ts';
import { eraseMessage } from '../../src/store/emptying.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { SearchIndex } from '../../src/store/search-index.ts';
import { ManualClock } from '../manual-clock.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

function setUp() {
  const database = temporaryDatabase();
  const clock = new ManualClock();
  const index = new SearchIndex(database, clock, createLog({ level: 'silent' }));
  const log = new MessageLog(database);
  return {
    database,
    clock,
    index,
    found: (q: string) => log.page(messageQuery.parse({ q }))?.total,
    indexedUpTo: () => database.prepare('SELECT indexed_up_to FROM search_progress').pluck().get(),
    words: () => {
      database
        .prepare(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab (main, message_search, row)`)
        .run();
      return database.prepare('SELECT term FROM temp.words').pluck().all();
    },
  };
}

describe('the index of texts', () => {
  test('takes messages in when it is quiet, and finds them before and after', async () => {
    const { database, clock, index, found, indexedUpTo } = setUp();
    storeMessage(database, { body: 'The water stands at 12 cm' });
    expect(found('WATER stands')).toBe(1);
    index.start();
    await clock.advance(30_000);
    expect(indexedUpTo()).toBe(1);
    expect(found('WATER stands')).toBe(1);
    storeMessage(database, { body: 'water stands still' });
    expect(found('WATER stands')).toBe(2);
    index.stop();
  });

  test('takes in a long past in slices', async () => {
    const { database, clock, index, found, indexedUpTo } = setUp();
    database.transaction(() => {
      for (let place = 1; place <= 700; place++) storeMessage(database, { body: `Order ${place} left` });
    });
    index.start();
    await clock.advance(40_000);
    expect(indexedUpTo()).toBe(700);
    expect(found('order 70')).toBe(2);
    index.stop();
  });

  test('lets go of a text that is erased, in the same transaction', () => {
    const { database, index, found, words } = setUp();
    storeMessage(database, { body: 'Zebra' });
    storeMessage(database, { body: 'Order' });
    index.takeIn();
    expect(words()).toContain('zeb');
    eraseMessage(database, 1, 1);
    expect(words()).toEqual(['der', 'er\u0003', 'ord', 'rde']);
    expect(found('zebra')).toBe(0);
    expect(found('order')).toBe(1);
  });

  test('keeps no octet of an erased text in the file', async () => {
    const { database, index } = setUp();
    const copies = async () => {
      database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      return (await readFile(database.file)).toString('latin1');
    };
    storeMessage(database, { body: 'qqwwxx' });
    storeMessage(database, { body: 'Order' });
    index.takeIn();
    expect(await copies()).toContain('qqw');
    eraseMessage(database, 1, 1);
    expect(await copies()).not.toMatch(/qqw|qww|wwx|wxx/);
  });
});
