import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ownNumber, type RunningApi, startApi } from './running-api.ts';

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

describe('a request behind one that ends its connection is not done', () => {
  const text = JSON.stringify({ from: ownNumber, to: '+14155553000', body: 'x' });
  const head = (api: RunningApi) => `Host: localhost\r\nAuthorization: Bearer ${api.key}\r\n`;

  test.each<[string, (api: RunningApi) => string, number]>([
    ['as its client wants', (api) => `GET /v1/sms HTTP/1.1\r\n${head(api)}Connection: close\r\n\r\n`, 200],
    ['as HTTP/1.0 has it', (api) => `GET /v1/sms HTTP/1.0\r\n${head(api)}\r\n`, 200],
    ['as it has two hosts', (api) => `GET /v1/sms HTTP/1.1\r\nHost: localhost\r\n${head(api)}\r\n`, 400],
    ['as its first line ends early', (api) => `GET /v1/sms\nX: y HTTP/1.1\r\n${head(api)}\r\n`, 400],
  ])('%s', async (_, before, status) => {
    const api = await startApi();
    const answer = await api.raw(
      `${before(api)}POST /v1/sms/send HTTP/1.1\r\n${head(api)}Content-Type: application/json\r\n` +
        `Content-Length: ${text.length}\r\n\r\n${text}`,
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });
});

test('a body that goes on behind the refusal of it is cut off without a second answer', async () => {
  const api = await startApi({ limits: { headersMs: 1_000, requestMs: 1_000 } });
  const answer = await api.raw(
    `POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\n` +
      `Content-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n     `,
  );
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
});
