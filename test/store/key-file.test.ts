import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readKeyFile } from '../../src/store/secret-box.ts';
import { temporaryFolder } from './temporary-database.ts';

it('whoever was killed while the key was written gets a whole one at the next start, and keeps it', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'secret.key.new'), 'c3');
  const key = readKeyFile(folder);
  expect(key).toHaveLength(32);
  expect(readKeyFile(folder)).toEqual(key);
  expect(readdirSync(folder)).toEqual(['secret.key']);
});
