import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { Database } from '../../src/store/database.ts';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database file in a folder of its own, closed and deleted when the test is over. */
export function temporaryDatabase(file = join(temporaryFolder(), 'postern.db')): Database {
  const migrated = inject('migratedDatabase');
  if (migrated && existsSync(dirname(file)) && !existsSync(file)) copyFileSync(migrated, file);
  const database = Database.open(file);
  onTestFinished(() => database.close());
  return database;
}
