import type { Worker } from 'node:worker_threads';
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

/** Calls `action` with every thread that is started from now on. */
function onThread(action: (worker: Worker) => void): void {
  process.on('worker', action);
  onTestFinished(() => void process.off('worker', action));
}

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

  test('that is killed while it is asked is replaced, and whoever asked is answered', async () => {
    const { database, thread } = setUp();
    const workers: Worker[] = [];
    onThread((worker) => workers.push(worker));
    for (let place = 0; place < 40; place++) storeMessage(database, { body: `Order ${place}` });
    const ask = (place: number) => thread.page(messageQuery.parse({ q: `order ${place}` }));
    const answers = Array.from({ length: 40 }, (_, place) => ask(39 - place));
    await answers[0];
    const others = Array.from({ length: 40 }, (_, place) => ask(39 - place));
    await workers[0]?.terminate();
    const found = await Promise.all([...answers, ...others]);
    const newest = (place: number) => `Order ${39 - (place % 40)}`;
    expect(found.every((page, place) => page?.data.some(({ body }) => body === newest(place)))).toBe(true);
    expect(workers).toHaveLength(2);
  });

  test('that is killed again and again leaves nobody waiting', async () => {
    const { database, thread, reader } = setUp();
    let killed = 0;
    onThread((worker) => {
      killed++;
      void worker.terminate();
    });
    database.transaction(() => {
      for (let place = 0; place < 1_600; place++) storeMessage(database, { body: 'Order 7' });
    });
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => thread.page(all)));
    expect(
      asked.map((outcome) => outcome.status === 'rejected' && outcome.reason instanceof NoThread),
    ).toEqual(Array(20).fill(true));
    expect(killed).toBe(2);
    const pages = await Promise.all(
      Array.from({ length: 20 }, () => reader.page(messageQuery.parse({ q: 'order' }))),
    );
    expect(pages.map((page) => page?.total)).toEqual(Array(20).fill(1_600));
    expect(killed).toBe(4);
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
