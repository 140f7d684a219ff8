import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningGateway, removeDataDir, temporaryDataDir, tryCommand } from './running-gateway.ts';

let dataDir: string;
let gateway: RunningGateway;

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  gateway = await RunningGateway.start([], { dataDir });
});

afterAll(async () => {
  await gateway?.stop();
  await removeDataDir(dataDir);
});

test.each([
  ['a path of broken percent-encoding', '/v1/sms/%E0%A4%A', 404, 'MESSAGE_NOT_FOUND'],
  ['a half percent', '/v1/sms/%', 404, 'MESSAGE_NOT_FOUND'],
  ['no such route', '/v1/%zz', 404, 'NOT_FOUND'],
])('%s is answered by the built program as by the sources', async (_, path, status, code) => {
  const answer = await gateway.request(path);
  expect(answer.status).toBe(status);
  expect((answer.body as { error: { code: string } }).error.code).toBe(code);
});

test('a data directory that cannot be made is told in a sentence', async () => {
  const { status, stderr } = await tryCommand(['serve', '--data-dir', '/proc/nowhere', '--port', '0']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/cannot write \/proc\/nowhere/);
});
