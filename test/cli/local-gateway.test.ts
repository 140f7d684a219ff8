import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { askGateway } from '../../src/cli/local-gateway.ts';
import { addressFile } from '../../src/cli/serve.ts';
import { startApi } from '../api/running-api.ts';

test('a command that asks a gateway leaves nothing to be done when it has its answer', async () => {
  const api = await startApi();
  const dataDir = dirname(api.database.file);
  writeFileSync(join(dataDir, addressFile), JSON.stringify({ url: api.url, pid: process.pid }));
  for (let time = 0; time < 2; time++) await askGateway(dataDir, 'GET', '/v1/numbers');
  const written = api.database.prepare("SELECT request_count FROM keys WHERE name = 'command line'").get();
  // What the gateway counts waits for its clock, which stands: this is what the command itself wrote down.
  expect(written).toEqual({ request_count: 1 });
});
