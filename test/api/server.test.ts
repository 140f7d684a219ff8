import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ServerError } from '../../src/api/server-error.ts';
import { RunningApi, startApi } from './running-api.ts';

describe('starting', () => {
  test('takes a free port for 0 and says where it is', async () => {
    const api = await startApi();
    expect(api.port).toBeGreaterThan(0);
    expect(api.url).toBe(`http://127.0.0.1:${api.port}`);
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  });

  test.each([
    ['::1', /^http:\/\/\[::1\]:\d+$/],
    ['::', /^http:\/\/\[::1\]:\d+$/],
    ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
    ['localhost', /^http:\/\/localhost:\d+$/],
  ])('on %s gives an address that works from here', async (host, expected) => {
    const api = await startApi({ host });
    expect(api.url).toMatch(expected);
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  });

  test('on a port that is taken fails with a sentence', async () => {
    const first = await startApi();
    const second = new RunningApi({}, first.port);
    const failure = await second.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServerError);
    expect(failure).toMatchObject({
      code: 'port_taken',
      message: `Port ${first.port} on 127.0.0.1 is taken by another program. Stop that one, or choose another port with --port.`,
    });
    await second.server.stop();
  });

  test('on an address of another machine fails with a sentence', async () => {
    const api = new RunningApi({ host: '203.0.113.1' });
    await expect(api.start()).rejects.toMatchObject({ code: 'no_such_address' });
  });
});

describe('stopping', () => {
  const text = JSON.stringify({ from: '+14155552671', to: '+14155553000', body: 'x' });

  /** A request of which the last octet is still to come. */
  async function halfway(api: RunningApi): Promise<{ socket: Socket; answer: Promise<string> }> {
    const socket = connect(api.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text.slice(0, -1)}`,
    );
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    const answer = once(socket, 'close').then(() => received);
    await api.ask('/healthz'); // what was written before has arrived by now
    return { socket, answer };
  }

  test('lets a request under way finish, and then ends its connection', async () => {
    const api = await startApi();
    const { socket, answer } = await halfway(api);
    const stopped = api.server.stop();
    socket.write(text.slice(-1));
    expect(await answer).toMatch(/^HTTP\/1\.1 202 [\s\S]*^connection: close/im);
    await stopped;
    expect(api.database.prepare('SELECT count(*) AS count FROM messages').get()).toEqual({ count: 1 });
  });

  test('cuts off after four seconds what does not finish', async () => {
    const api = await startApi();
    const { answer } = await halfway(api);
    const stopped = api.server.stop();
    let done = false;
    stopped.then(() => {
      done = true;
    });
    await api.clock.advance(3_999);
    expect(done).toBe(false);
    await api.clock.advance(1);
    await stopped;
    expect(await answer).toBe('');
    expect(api.database.prepare('SELECT count(*) AS count FROM messages').get()).toEqual({ count: 0 });
  });

  test('does not wait for connections on which nothing is asked', async () => {
    const api = await startApi();
    const idle = connect(api.port, '127.0.0.1');
    idle.on('error', () => {});
    idle.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await once(idle, 'data');
    await api.server.stop();
    await expect(fetch(`${api.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('takes nothing that comes behind it on an open connection, as its answer would be lost', async () => {
    const api = await startApi();
    const { socket, answer } = await halfway(api);
    const stopped = api.server.stop();
    const another = `POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\n`;
    socket.write(
      `${text.slice(-1)}${another}Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
    );
    expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 202']);
    await stopped;
    expect(api.database.prepare('SELECT count(*) AS count FROM messages').get()).toEqual({ count: 1 });
  });

  test('twice, or before the start, is no mistake', async () => {
    const api = new RunningApi();
    await api.server.stop();
    await api.start();
    await Promise.all([api.server.stop(), api.server.stop()]);
    await api.server.stop();
  });
});
