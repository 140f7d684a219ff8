import { expect, test } from 'vitest';
import { temporaryDatabase } from './temporary-database.ts';

test('who must act upon a commit goes on before anyone is told of it', async () => {
  const database = temporaryDatabase();
  const order: string[] = [];
  database.transactionToActUpon(() => {
    database.afterCommit(() => order.push('told'));
    order.push('written');
  });
  order.push('acted');
  await Promise.resolve();
  expect(order).toEqual(['written', 'acted', 'told']);
});

test('commits are told of in their order, also where one was to be acted upon', () => {
  const database = temporaryDatabase();
  const order: string[] = [];
  database.transactionToActUpon(() => database.afterCommit(() => order.push('first')));
  database.transaction(() => database.afterCommit(() => order.push('second')));
  expect(order).toEqual(['first', 'second']);
});

test('a commit that was told of late is told of also where the one after it is taken back', async () => {
  const database = temporaryDatabase();
  const order: string[] = [];
  database.transactionToActUpon(() => database.afterCommit(() => order.push('kept')));
  const failing = () =>
    database.transaction(() => {
      database.afterCommit(() => order.push('taken back'));
      throw new Error('in vain');
    });
  expect(failing).toThrow('in vain');
  await Promise.resolve();
  expect(order).toEqual(['kept']);
});
