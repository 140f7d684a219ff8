import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { fastFolder } from '../fast-folder.ts';
import { AskedOverTcp } from './asked-over-tcp.ts';

const root = join(import.meta.dirname, '../..');

/** Where what Node has compiled is kept, for all the gateways that these tests start. */
process.env.NODE_COMPILE_CACHE ??= join(root, '.cache/node');

/** The tests of the API against the built program as a child process, over TCP; see `child-api.ts`. */
export default defineConfig(({ mode }) => ({
  root,
  test: {
    name: 'tcp',
    pool: 'forks',
    environment: 'node',
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: availableParallelism(),
    include: [`test/api/**/${mode === 'fuzz' ? '*.long.test.ts' : '*.test.ts'}`],
    exclude: mode === 'fuzz' ? [] : ['test/**/*.long.test.ts'],
    env: { API_UNDER_TEST: 'child', TMPDIR: fastFolder() },
    globalSetup: 'test/store/migrated-database.ts',
    reporters: [new AskedOverTcp()],
  },
}));
