import { expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { temporaryDatabase } from './temporary-database.ts';

/** 1 is NORMAL, 2 is FULL. */
function flushing(database: Database): number | undefined {
  return database.prepare<[], number>('PRAGMA synchronous').pluck().get();
}

function note(database: Database, name: string): void {
  database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run(name, '1');
}

function count(database: Database): number | undefined {
  return database.prepare<[], number>("SELECT count(*) FROM settings WHERE name LIKE 'test%'").pluck().get();
}

test('what is not waited for is a transaction all the same, and what comes behind it is waited for again', () => {
  const database = temporaryDatabase();
  const during = database.unflushed(() => {
    note(database, 'test 1');
    return flushing(database);
  });
  expect([during, flushing(database), count(database)]).toEqual([1, 2, 1]);
  const failing = () =>
    database.unflushed(() => {
      note(database, 'test 2');
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect([flushing(database), count(database)]).toEqual([2, 1]);
});

test('within a transaction that is waited for it is a part of that', () => {
  const database = temporaryDatabase();
  const during = database.transaction(() => {
    note(database, 'test 1');
    return database.unflushed(() => flushing(database));
  });
  expect(during).toBe(2);
});
