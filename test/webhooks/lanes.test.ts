import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startApi } from '../api/running-api.ts';
import { HookedApi, startHookedApi } from './hooked-api.ts';
import { startReceiver } from './receiver.ts';

const message = '2a583efc-0c41-47b5-a1fe-885fc7ec2720';

describe('the events of one message', () => {
  test('come in their order, also when the first has to be tried again', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const { id } = await hooks.hook(receiver.url, 'sms.sent', 'sms.delivered');
    hooks.record('sms.sent', message);
    await hooks.tried(id, 1);
    receiver.respond = (response) => response.end();
    hooks.record('sms.delivered', message);
    hooks.record('sms.sent'); // another message does not wait
    await receiver.until(2);
    expect(receiver.received.map(({ event }) => event.event_type)).toEqual(['sms.sent', 'sms.sent']);
    await hooks.api.clock.advance(10_000);
    await receiver.until(4);
    const ofMessage = receiver.received.filter(({ event }) => event.data.message_id === message);
    expect(ofMessage.map(({ event }) => event.event_type)).toEqual(['sms.sent', 'sms.sent', 'sms.delivered']);
  });

  test('are never under way together', async () => {
    const hooks = await startHookedApi();
    const answers: ServerResponse[] = [];
    const receiver = await startReceiver((response) => void answers.push(response));
    await hooks.hook(receiver.url, 'sms.sent', 'sms.delivered');
    hooks.record('sms.sent', message);
    hooks.record('sms.delivered', message);
    hooks.record('sms.sent');
    await receiver.until(2);
    expect(receiver.received.map(({ event }) => event.event_type)).toEqual(['sms.sent', 'sms.sent']);
    for (const answer of answers) answer.end();
    expect((await receiver.until(3))[2]?.event.event_type).toBe('sms.delivered');
  });
});

describe('a dead receiver', () => {
  test('slows no other, also one on the same host', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    const dead = await startReceiver(() => {});
    const slow = receiver.url.replace('/hook', '/dead');
    receiver.respond = (response, { headers }) =>
      void (headers['x-event-type'] === 'sms.sent' || response.end());
    await hooks.hook(dead.url, 'sms.received');
    const { id } = await hooks.hook(slow, 'sms.sent');
    for (let count = 0; count < 40; count++) hooks.record('sms.sent');
    await receiver.until(4);
    await hooks.api.clock.advance(10_000);
    await hooks.until(id, (all) => all.some(({ attempts }) => attempts.length > 0));
    await hooks.hook(receiver.url, 'sms.received');
    for (let count = 0; count < 20; count++) hooks.record('sms.received');
    const received = () =>
      receiver.received.filter(({ event }) => event.event_type === 'sms.received').length;
    for (let count = 0; received() < 20; count++) await receiver.until(count);
  });

  test('is asked one thing at a time, with a rest in between, until it answers', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const { id } = await hooks.hook(receiver.url);
    for (let count = 0; count < 100; count++) hooks.record('sms.received');
    await receiver.until(4);
    await hooks.until(id, () => receiver.underWay === 0);
    const before = receiver.received.length;
    expect(before).toBeLessThan(10);
    receiver.respond = (response) => response.end();
    await hooks.api.clock.advance(6_000);
    await receiver.until(100);
  });
});

describe('what waits', () => {
  test('is sent at most four at a time to one host', async () => {
    const hooks = await startHookedApi();
    const held: ServerResponse[] = [];
    const receiver = await startReceiver((response) => void held.push(response));
    const { id } = await hooks.hook(receiver.url);
    await hooks.hook(receiver.url.replace('/hook', '/other'));
    for (let count = 0; count < 100; count++) hooks.record('sms.received');
    await receiver.until(4);
    await hooks.deliveries(id);
    expect(receiver.received).toHaveLength(4);
    receiver.respond = (response) => response.end();
    for (const response of held) response.end();
    await receiver.until(200);
    expect(receiver.mostUnderWay).toBe(4);
  });

  test('is in the database: of 100,000 that wait only a window is in memory', async () => {
    const api = await startApi();
    const hooks = new HookedApi(api);
    const receiver = await startReceiver(() => {});
    const { id } = await hooks.hook(receiver.url);
    const rows = 100_000;
    api.database
      .prepare(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
         INSERT INTO deliveries (delivery_id, webhook_id, event_id, event_type, message_id, body, due_at, created_at)
         SELECT 'd' || i, ?, 'e' || i, 'sms.received', 'm' || i, json_object('text', hex(zeroblob(1000))), 0, ? FROM n`,
      )
      .run(id, api.clock.now());
    const before = process.memoryUsage().heapUsed;
    api.hooks.dispatcher.start();
    await receiver.until(4);
    for (let event = 0; event < 100; event++) hooks.record('sms.received');
    expect((await hooks.ask(`/${id}`)).json.data.waiting).toBe(rows + 100);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(rows * 200); // their bodies alone are ten times that
    api.hooks.dispatcher.stop();
  });
});

test('an event that is under way when its webhook is changed is not sent beside itself', async () => {
  const hooks = await startHookedApi();
  const answers: ServerResponse[] = [];
  const receiver = await startReceiver((response) => void answers.push(response));
  const { id } = await hooks.hook(receiver.url, 'sms.sent', 'sms.delivered');
  const first = hooks.record('sms.sent', message);
  await receiver.until(1);
  await hooks.ask(`/${id}`, { method: 'PATCH', body: { label: 'Another till' } });
  const next = hooks.record('sms.sent');
  await receiver.until(2);
  expect(receiver.received.map(({ event }) => event.event_id)).toEqual([first, next]);
  receiver.respond = (response) => response.end();
  for (const answer of answers) answer.writeHead(500).end();
  const waits = (all: { attempts: unknown[] }[]) => all.every(({ attempts }) => attempts.length === 1);
  await hooks.until(id, waits);
  await hooks.api.clock.advance(20_000);
  await hooks.until(id, (all) => all.every(({ status }) => status === 'delivered'));
});

describe('a delivery that is to be tried again', () => {
  async function refusedOnce() {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    await hooks.tried(id, 1);
    receiver.respond = (response) => response.end();
    return { hooks, receiver, id, clock: hooks.api.clock };
  }

  test('is tried when the disk can be read again', async () => {
    const { hooks, id, clock } = await refusedOnce();
    const { database } = hooks.api;
    database.prepare('ALTER TABLE deliveries RENAME TO away').run();
    await clock.advance(60_000);
    database.prepare('ALTER TABLE away RENAME TO deliveries').run();
    await clock.advance(10_000);
    expect((await hooks.tried(id, 2)).status).toBe('delivered');
  });

  test('does not wait for the time by a clock that was set back since', async () => {
    const { hooks, id, clock } = await refusedOnce();
    const byMs = -5 * 3_600_000;
    clock.shift(byMs);
    await clock.advance(10_000);
    hooks.api.hooks.dispatcher.clockMoved(byMs);
    expect((await hooks.tried(id, 2)).status).toBe('delivered');
  });
});
