import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openStream } from './open-stream.ts';
import { modem, startApi } from './running-api.ts';

describe('the event stream', () => {
  test('is a stream of server-sent events that nobody keeps', async () => {
    const api = await startApi();
    const { response } = await openStream(api);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/event-stream\b/);
    expect(response.headers['cache-control']).toContain('no-store');
  });

  test('brings kept events with their id and passing changes without', async () => {
    const api = await startApi();
    const stream = await openStream(api);
    const envelope = api.events.record('modem.online', { modem_id: '1' });
    api.events.announce({ type: 'modem.changed', data: modem });
    expect(await stream.first(2)).toEqual([
      { id: envelope.event_id, event: 'modem.online', data: envelope },
      { id: undefined, event: 'modem.changed', data: { type: 'modem.changed', data: modem } },
    ]);
  });

  test('brings a text that was accepted', async () => {
    const api = await startApi();
    const stream = await openStream(api);
    const sent = await api.send({ from: '+14155552671', to: '+14155553000', body: 'two\n\nlines' });
    const [event] = await stream.first(1);
    expect(event).toMatchObject({
      event: 'message.changed',
      data: { data: { message_id: sent.json.data.message_id, body: 'two\n\nlines' } },
    });
  });

  test('begins with what happens after it was opened', async () => {
    const api = await startApi();
    api.events.record('sms.sent', { number: 1 });
    const stream = await openStream(api);
    api.events.record('sms.sent', { number: 2 });
    expect((await stream.first(1))[0]?.data.data).toEqual({ number: 2 });
  });

  test('is resumed after the event that was seen last, and goes on live', async () => {
    const api = await startApi();
    const ids = [1, 2, 3].map((number) => api.events.record('sms.sent', { number }).event_id);
    const stream = await openStream(api, { 'last-event-id': ids[0] ?? '' });
    await stream.first(2);
    api.events.record('sms.sent', { number: 4 });
    expect((await stream.first(3)).map(({ data }) => data.data.number)).toEqual([2, 3, 4]);
  });

  test('brings each event once and in order, however long the way back and whatever happens meanwhile', async () => {
    const api = await startApi();
    const record = (number: number, padding: string) =>
      api.events.record('sms.sent', { number, padding }).event_id;
    const first = record(0, '');
    api.database.transaction(() => {
      for (let number = 1; number <= 2_000; number++) record(number, 'x'.repeat(8_000));
    });
    const stream = await openStream(api, { 'last-event-id': first });
    stream.response.pause(); // the way back is longer than what fits between the two
    for (let number = 2_001; number <= 2_100; number++) {
      record(number, '');
      await new Promise((resolve) => setImmediate(resolve));
    }
    stream.response.resume();
    const seen = (await stream.first(2_100)).map(({ data }) => data.data.number);
    expect(seen).toEqual(Array.from({ length: 2_100 }, (_, index) => index + 1));
    record(2_101, '');
    expect((await stream.first(2_101)).at(-1)?.data.data.number).toBe(2_101);
    expect(new Set(stream.events.map(({ id }) => id)).size).toBe(2_101);
  });

  test.each(['x', '1', '01HX', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ', '0'.repeat(27)])(
    'is not resumed after "%s", which is no event',
    async (id) => {
      const api = await startApi();
      const answer = await api.ask('/v1/events', { headers: { 'last-event-id': id } });
      expect(answer.status).toBe(422);
      expect(Object.keys(answer.json.error.details)).toEqual(['Last-Event-ID']);
    },
  );

  test('shows that it lives, every 15 seconds', async () => {
    const api = await startApi();
    const stream = await openStream(api);
    for (let beat = 1; beat <= 3; beat++) {
      await api.clock.advance(15_000);
      await stream.until(() => stream.comments === beat);
    }
  });

  test('outlives a time in which the database cannot be read', async () => {
    const api = await startApi();
    const stream = await openStream(api);
    api.database.prepare('ALTER TABLE keys RENAME TO keys_out_of_reach').run();
    await api.clock.advance(30_000);
    api.database.prepare('ALTER TABLE keys_out_of_reach RENAME TO keys').run();
    await api.clock.advance(15_000);
    await stream.until(() => stream.comments === 3);
  });

  test('ends where what its reader missed cannot be read, so that it is asked for again', async () => {
    const api = await startApi();
    const first = api.events.record('sms.sent', {}).event_id;
    api.database.transaction(() => {
      for (let number = 0; number < 2_000; number++) api.events.record('sms.sent', { x: 'x'.repeat(8_000) });
    });
    const stream = await openStream(api, { 'last-event-id': first });
    stream.response.pause();
    api.database.prepare('ALTER TABLE events RENAME TO events_out_of_reach').run();
    stream.response.resume();
    await stream.until(() => stream.ended);
    expect(stream.events.length).toBeLessThan(2_000);
    expect((await api.ask('/v1/numbers')).status).toBe(200);
  });

  test('ends soon after its key was revoked', async () => {
    const api = await startApi();
    const stream = await openStream(api);
    api.keys.revoke(api.keys.list()[0]?.id ?? '');
    await api.clock.advance(15_000);
    await stream.until(() => stream.ended);
  });

  test('needs a key with sms:read', async () => {
    const api = await startApi();
    const withKey = (authorization: string | string[]) =>
      api.ask('/v1/events', { headers: { authorization } });
    expect((await withKey([])).status).toBe(401);
    expect((await withKey(`Bearer ${api.newKey(['sms:send'])}`)).status).toBe(403);
  });

  test('is only described to HEAD', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/events', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/event-stream\b/);
  });
});

describe('readers', () => {
  test('who are gone are forgotten', async () => {
    const api = await startApi();
    const streams = await Promise.all(Array.from({ length: 100 }, () => openStream(api)));
    expect((await api.ask('/v1/events')).status).toBe(429);
    for (const stream of streams) stream.response.destroy();
    await expect.poll(async () => (await openStream(api)).response.statusCode).toBe(200);
  });

  test('beyond a hundred are asked to come later', async () => {
    const api = await startApi();
    await Promise.all(Array.from({ length: 100 }, () => openStream(api)));
    const answer = await api.ask('/v1/events');
    expect(answer.status).toBe(429);
    expect(answer.json.error.code).toBe('RATE_LIMIT_EXCEEDED');
    expect(answer.headers['retry-after']).toBe('30');
  });

  test('who do not read are cut off, without harm to the others', async () => {
    const api = await startApi();
    const quick = await openStream(api);
    const slow = connect(api.port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write(`GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\n\r\n`);
    await once(slow, 'data');
    slow.pause();
    const large = { ...modem, label: 'x'.repeat(256 * 1024) };
    for (let count = 1; count <= 120; count++) {
      api.events.announce({ type: 'modem.changed', data: large });
      await quick.first(count);
    }
    const closed = once(slow, 'close');
    let received = 0;
    slow.on('data', (chunk) => {
      received += chunk.length;
    });
    slow.resume();
    await closed;
    expect(received).toBeLessThan(120 * 256 * 1024);
    expect(quick.ended).toBe(false);
  });

  test('see the stream end when the gateway stops', async () => {
    const api = await startApi();
    const stream = await openStream(api);
    await api.server.stop();
    await stream.until(() => stream.ended);
  });
});
