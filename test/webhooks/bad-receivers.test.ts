import { describe, expect, test } from 'vitest';
import { startHookedApi } from './hooked-api.ts';
import { startPort, startReceiver } from './receiver.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const pauses = [10 * second, 30 * second, 2 * minute, 10 * minute, hour, 6 * hour, 24 * hour];

describe('a receiver that refuses', () => {
  test('is tried again on schedule, then the event is given up', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end('no'));
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    for (const [index, pause] of pauses.entries()) {
      const delivery = await hooks.tried(id, index + 1);
      expect(delivery.status).toBe('waiting');
      await hooks.api.clock.advance(pause - 1);
      expect(receiver.received).toHaveLength(index + 1);
      await hooks.api.clock.advance(1);
    }
    const delivery = await hooks.tried(id, pauses.length + 1);
    expect([delivery.status, delivery.next_attempt_at]).toEqual(['given_up', null]);
    await hooks.api.clock.advance(48 * hour);
    expect(receiver.received).toHaveLength(8);
  });

  test('and then takes it ends the matter', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(503).end());
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    await hooks.tried(id, 1);
    receiver.respond = (response) => response.writeHead(204).end();
    await hooks.api.clock.advance(10 * second);
    expect((await hooks.tried(id, 2)).status).toBe('delivered');
  });

  test('with 410 is not asked again for this event', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(410).end());
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    expect((await hooks.tried(id, 1)).status).toBe('given_up');
  });

  test('by sending elsewhere is not followed', async () => {
    const hooks = await startHookedApi();
    const elsewhere = await startReceiver();
    const receiver = await startReceiver((response) =>
      response.writeHead(307, { Location: elsewhere.url }).end(),
    );
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    expect((await hooks.tried(id, 1)).attempts).toMatchObject([{ status: 307 }]);
    expect(elsewhere.received).toEqual([]);
  });
});

describe('a receiver', () => {
  test('that does not answer within 10 seconds is given up on for now', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver(() => {});
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    await receiver.until(1);
    await hooks.api.clock.advance(10 * second);
    const { attempts, status } = await hooks.tried(id, 1);
    expect(status).toBe('waiting');
    expect(attempts).toMatchObject([{ status: null, duration_ms: 10_000 }]);
    expect(attempts[0]?.error).toContain('10 seconds');
  });

  test.each<[string, string, RegExp]>([
    ['closes without a word', '', /closed the connection/],
    ['closes in the middle of its headers', 'HTTP/1.1 200 OK\r\nContent-Le', /closed the connection/],
    ['does not speak HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', /not HTTP/],
    ['sends headers without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}`, /not HTTP|closed/],
  ])('that %s has not taken the event', async (_, words, error) => {
    const hooks = await startHookedApi();
    const url = await startPort((socket) => socket.once('data', () => socket.end(words)));
    const { id } = await hooks.hook(url);
    hooks.record('sms.received');
    const { attempts, status } = await hooks.tried(id, 1);
    expect(status).toBe('waiting');
    expect(attempts[0]?.error).toMatch(error);
  });

  test.each([
    [
      'promises more than it sends',
      'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nonly this',
      'only this',
    ],
    ['sends more than it promised', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nonly this', 'only'],
    [
      'breaks off a body in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n',
      'only',
    ],
  ])('that %s has taken it all the same, as its status says so', async (_, words, response) => {
    const hooks = await startHookedApi();
    const url = await startPort((socket) => socket.on('data', () => socket.end(words)));
    const { id } = await hooks.hook(url);
    hooks.record('sms.received');
    const first = await hooks.tried(id, 1);
    expect([first.status, first.attempts[0]?.response]).toEqual(['delivered', response]);
    hooks.record('sms.received');
    await hooks.until(id, (all) => all.length === 2 && all.every(({ status }) => status === 'delivered'));
  });

  test('that sends its body without end is cut off when enough is there', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => {
      const more = () => void (response.write('x'.repeat(10_000)) ? setImmediate(more) : undefined);
      response.on('drain', more);
      more();
    });
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    const { status, attempts } = await hooks.tried(id, 1);
    expect([status, attempts[0]?.response.length]).toEqual(['delivered', 1_000]);
    await expect.poll(() => receiver.underWay).toBe(0);
  });

  test('that is not there is tried again later', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    receiver.stop();
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    expect((await hooks.tried(id, 1)).attempts[0]?.error).toBe('Nothing listens there.');
  });

  test('that closes each connection behind its answer gets every event', async () => {
    const hooks = await startHookedApi();
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'; // without a word that it will close
    const url = await startPort((socket) => socket.once('data', () => socket.end(answer)));
    const { id } = await hooks.hook(url);
    for (let count = 0; count < 30; count++) hooks.record('sms.received');
    await hooks.until(id, (all) => all.length === 30 && all.every(({ status }) => status === 'delivered'));
  });
});
