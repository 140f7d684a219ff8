import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { Database } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { temporaryFolder } from './temporary-database.ts';

/** The file of a database as this version of it was, with what `fill` put into it. */
export function earlierDatabase(version: number, fill: (connection: Sqlite.Database) => void): string {
  const file = join(temporaryFolder(), 'postern.db');
  const connection = new Sqlite(file);
  connection.pragma('foreign_keys = ON');
  for (const migration of migrations.slice(0, version)) connection.exec(migration);
  connection.pragma(`user_version = ${version}`);
  fill(connection);
  connection.close();
  return file;
}

/** The same, brought to the present version. */
export function upgraded(version: number, fill: (connection: Sqlite.Database) => void): Database {
  const database = Database.open(earlierDatabase(version, fill));
  onTestFinished(() => database.close());
  return database;
}
