import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { fastFolder } from './test/fast-folder.ts';
import { LeftOut } from './test/left-out.ts';
import { LongestFirst } from './test/longest-first.ts';

/** Where what Node has compiled is kept, for the workers and for every process that the tests start. */
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/.cache/node`;

/**
 * Serial ports crash in a worker thread (serialport polls on the default loop), so every project forks. No module keeps
 * state of its own, so a worker may load each once for all its test files. The time limits only end what hangs: nothing
 * is proven by how fast a machine is.
 */
const forked = {
  pool: 'forks',
  environment: 'node',
  isolate: false,
  testTimeout: 240_000,
  hookTimeout: 240_000,
} as const;

/** Sweeps in full: `npm run test:long` passes these alone, `npm test` a short form of each. */
const sweeps = 'test/**/*.long.test.ts';
/** `long` as CI passes them; the others ask for one of them at a length of its own. */
const modesOfSweeps = ['long', 'fuzz', 'soak', 'crash', 'model'];

/** The codec's own tests: `npm run coverage` runs them alone, as nothing else may be what covers it. */
const codec = ['test/gsm/pdu/**/*.test.ts', 'test/gsm/octets.test.ts'];
const elsewhere = ['test/{renderer,whole,browser,hardware,desktop}/**', ...codec];
/** Only explains how to run what needs a modem of metal; CI has none, and leaves out nothing that it lists. */
const explanations = process.env.CI ? ['test/contract/real-modem.test.ts'] : [];

/** What is in its full length in `npm test`. */
const alwaysWhole = [
  { test: { ...forked, name: 'codec', include: codec } },
  { test: { ...forked, name: 'renderer', include: ['test/renderer/**/*.test.{ts,tsx}'] } },
  ...(process.env.TEST_ELECTRON
    ? [{ test: { ...forked, name: 'desktop', include: ['test/desktop/**/*.test.ts'] } }]
    : []),
  ...(process.env.TEST_PORT
    ? [{ test: { ...forked, name: 'hardware', include: ['test/hardware/**/*.test.ts'] } }]
    : []),
];

export default defineConfig(({ mode }) => {
  const isSweep = modesOfSweeps.includes(mode);
  const files = isSweep ? '*.long.test.ts' : '*.test.ts';
  const notNow = isSweep ? [] : [sweeps];
  return {
    test: {
      // One more than there are processors: at any time some test waits for another process.
      maxWorkers: availableParallelism() + 1,
      reporters: ['default', new LeftOut()],
      sequence: { sequencer: LongestFirst },
      coverage: {
        provider: 'v8',
        include: ['src/gsm/pdu/**/*.ts', 'src/gsm/octets.ts'],
        reportsDirectory: 'coverage',
        thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
      },
      projects: [
        {
          test: {
            ...forked,
            name: 'unit',
            include: [`test/**/${files}`],
            exclude: [...elsewhere, ...explanations, ...notNow],
            env: { TMPDIR: fastFolder() },
            globalSetup: 'test/store/migrated-database.ts',
          },
        },
        { test: { ...forked, name: 'whole', include: [`test/whole/**/${files}`], exclude: notNow } },
        {
          test: {
            ...forked,
            name: 'browser',
            include: [`test/browser/**/${files}`],
            exclude: notNow,
            globalSetup: 'test/browser/one-chromium.ts',
          },
        },
        ...(isSweep ? [] : alwaysWhole),
      ],
    },
  };
});
