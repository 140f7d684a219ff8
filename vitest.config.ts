import { defineConfig } from 'vitest/config';

/** Serial ports crash in a worker thread (serialport polls on the default loop), so every project forks. */
const forked = { pool: 'forks', environment: 'node' } as const;

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['src/gsm/pdu/**/*.ts', 'src/gsm/octets.ts'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        test: {
          ...forked,
          name: 'unit',
          include: [
            'test/{architecture,api,contract,emulator,gsm,health,messages,modem,sims,store,electron}/**/*.test.ts',
            'test/*.test.ts',
          ],
        },
      },
      { test: { ...forked, name: 'renderer', include: ['test/renderer/**/*.test.{ts,tsx}'] } },
      {
        test: {
          ...forked,
          name: 'whole',
          include: ['test/whole/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...forked,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      ...(process.env.TEST_PORT
        ? [
            {
              test: {
                ...forked,
                name: 'hardware',
                include: ['test/hardware/**/*.test.ts'],
                testTimeout: 180_000,
              },
            },
          ]
        : []),
    ],
  },
});
