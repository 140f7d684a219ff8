import { closeSync, openSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Database } from '../../src/store/database.ts';
import { temporaryDatabase } from './temporary-database.ts';

test('what one statement finds out about a damaged page keeps everything from being written from then on', async () => {
  const database = temporaryDatabase();
  const other = Database.open(database.file);
  const page = other.prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'timeline'`).pluck().get();
  const size = other.prepare('PRAGMA page_size').pluck().get() as number;
  other.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  const handle = openSync(database.file, 'r+');
  writeSync(handle, Buffer.alloc(size, 0x5a), 0, size, ((page as number) - 1) * size);
  closeSync(handle);
  const write = (into: Database) =>
    into.prepare(`INSERT INTO audit (at, action, actor_kind) VALUES (0, 'test', 'nobody')`).run();
  write(other);
  other.close();

  const told = new Promise<void>((resolve) => database.onDamage(resolve));
  expect(database.damage).toBeUndefined();
  expect(() => database.prepare('SELECT * FROM timeline').all()).toThrow(/is damaged.*Restore a backup/);
  await told;
  expect(database.damage).toMatchObject({ name: 'StoreError', code: 'corrupt' });
  expect(() => write(database)).toThrow(/is damaged/);
  expect(() => database.transaction(() => undefined)).toThrow(/is damaged/);
});
