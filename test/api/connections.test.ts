import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type RunningApi, startApi } from './running-api.ts';

const limits = { connections: 10 };

async function openConnection(api: RunningApi): Promise<Socket> {
  const socket = connect(api.port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** A connection on which a stream of events is open. */
async function openStream(api: RunningApi): Promise<Socket> {
  const socket = await openConnection(api);
  socket.write(`GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

test('connections that are only held open make room for the next, the quietest first', async () => {
  const api = await startApi({ limits });
  const stream = await openStream(api);
  const idle: Socket[] = [];
  for (let count = 0; count < 9; count++) idle.push(await openConnection(api));
  const first = once(idle[0] as Socket, 'close');
  idle[0]?.resume();
  expect((await api.ask('/v1/sms')).status).toBe(200);
  await first;
  expect(idle.slice(1).filter(({ destroyed }) => destroyed)).toEqual([]);
  expect(stream.destroyed).toBe(false);
});

test('a connection on which something was asked meanwhile is not the quietest', async () => {
  const api = await startApi({ limits });
  const asking = await openConnection(api);
  const idle = await openConnection(api);
  for (let count = 0; count < 8; count++) await openConnection(api);
  asking.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(asking, 'data');
  idle.resume();
  const closed = once(idle, 'close');
  await openConnection(api);
  await closed;
  expect(asking.destroyed).toBe(false);
});

test('where an answer is under way on all of them, the next is ended at once', async () => {
  const api = await startApi({ limits });
  for (let count = 0; count < limits.connections; count++) await openStream(api);
  const further = await openConnection(api);
  further.resume();
  await once(further, 'close');
});
