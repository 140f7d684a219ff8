import { describe, expect, onTestFinished, test } from 'vitest';
import { messageQuery } from '../../src/contract/message-query.ts';
import { createLog } from '../../src/log.ts';
import { MessageLog } from '../../src/store/message-log.ts';
import { MessageReader } from '../../src/store/message-reader.ts';
import { NoThread, ReadingThread } from '../../src/store/reading-thread/reading-thread.ts';
import { ManualClock } from '../manual-clock.ts';
import { storeMessage } from './stored-message.ts';
import { temporaryDatabase } from './temporary-database.ts';

function setUp(fileOfThread?: string) {
  const database = temporaryDatabase();
  const clock = new ManualClock();
  const thread = new ReadingThread(fileOfThread ?? database.file, clock, createLog({ level: 'silent' }));
  onTestFinished(() => thread.stop());
  const reader = new MessageReader(new MessageLog(database), thread);
  return { database, clock, thread, reader };
}

const all = messageQuery.parse({});

describe('the reading thread', () => {
  test('shows what was committed before it was asked', async () => {
    const { database, thread } = setUp();
    for (let total = 1; total <= 3; total++) {
      const id = storeMessage(database);
      const page = await thread.page(all);
      expect(page?.total).toBe(total);
      expect(page?.data[0]?.message_id).toBe(id);
    }
  });

  test('answers many at once, each its own question', async () => {
    const { database, thread } = setUp();
    for (let place = 0; place < 10; place++) storeMessage(database, { body: `Order ${place}` });
    const pages = await Promise.all(
      Array.from({ length: 10 }, (_, place) => thread.page(messageQuery.parse({ q: `order ${place}` }))),
    );
    expect(pages.map((page) => page?.data[0]?.body)).toEqual(
      Array.from({ length: 10 }, (_, place) => `Order ${place}`),
    );
  });

  test('says so when a message that is asked after is not there', async () => {
    const { thread } = setUp();
    expect(await thread.page(messageQuery.parse({ after: crypto.randomUUID() }))).toBeUndefined();
  });

  test('is started anew after it was idle', async () => {
    const { database, clock, thread } = setUp();
    storeMessage(database);
    await thread.page(all);
    await clock.advance(120_000);
    storeMessage(database);
    expect((await thread.page(all))?.total).toBe(2);
  });

  test('is done without where it breaks down', async () => {
    const { database, thread, reader } = setUp('/nowhere/postern.db');
    await expect(thread.page(all)).rejects.toBeInstanceOf(NoThread);
    storeMessage(database, { body: 'Order 7' });
    expect((await reader.page(messageQuery.parse({ q: 'order' })))?.total).toBe(1);
  });

  test('answers nothing once it is stopped', async () => {
    const { thread } = setUp();
    await thread.stop();
    await expect(thread.page(all)).rejects.toBeInstanceOf(NoThread);
  });
});
