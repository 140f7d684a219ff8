import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { Database } from '../../src/store/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of an empty database in the present version, to be copied; undefined outside the project `unit`. */
    migratedDatabase: string | undefined;
  }
}

/** Brings one empty database to the present version for all tests: that takes ten times as long as opening it does. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'postern-migrated-'));
  const file = join(folder, 'postern.db');
  Database.open(file).close();
  project.provide('migratedDatabase', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
