import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { selfMadeIdentity } from '../../src/tls/self-made-certificate.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { startHookedApi } from './hooked-api.ts';
import { startPort, startReceiver } from './receiver.ts';

test('a receiver whose answer never ends is cut off after ten seconds, and its status counts', async () => {
  const hooks = await startHookedApi();
  const receiver = await startReceiver((response) => response.writeHead(200).write('so far'));
  const { id } = await hooks.hook(receiver.url);
  hooks.record('sms.received');
  await receiver.until(1);
  await hooks.api.clock.advance(10_000);
  const { status, attempts } = await hooks.tried(id, 1);
  expect(status).toBe('delivered');
  expect(attempts).toMatchObject([{ status: 200, response: 'so far' }]);
  await expect.poll(() => receiver.underWay).toBe(0);
});

test.each([
  ['interim answers', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['hints', 'HTTP/1.1 103 Early Hints\r\nLink: </>; rel=x\r\n\r\n'],
  ['its headers octet by octet', 'HTTP/1.1 200 OK\r\nX: '],
])('a receiver that sends %s and never its answer is given up on for now', async (_, words) => {
  const hooks = await startHookedApi();
  let asked = () => {};
  const wasAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const url = await startPort((socket) => {
    socket.on('data', () => {
      socket.write(words);
      asked();
    });
  });
  const { id } = await hooks.hook(url);
  hooks.record('sms.received');
  await wasAsked;
  await hooks.api.clock.advance(10_000);
  const { status, attempts } = await hooks.tried(id, 1);
  expect([status, attempts[0]?.error]).toEqual(['waiting', 'No answer came within 10 seconds.']);
});

test('a receiver over HTTPS whose certificate nobody vouches for is told of in a sentence', async () => {
  const { cert, key } = await selfMadeIdentity(temporaryFolder(), ['127.0.0.1'], new ManualClock());
  const server = createServer({ cert, key }, (_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const hooks = await startHookedApi();
  const { id } = await hooks.hook(`https://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
  hooks.record('sms.received');
  const { status, attempts } = await hooks.tried(id, 1);
  expect(status).toBe('waiting');
  expect(attempts[0]?.error).toContain('certificate is signed by itself');
});
