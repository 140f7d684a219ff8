import { describe, expect, test } from 'vitest';
import { eventEnvelope, eventTypes } from '../../src/contract/event.ts';
import { startApi } from '../api/running-api.ts';
import { HookedApi, startHookedApi } from './hooked-api.ts';
import { expectedSignature, startReceiver } from './receiver.ts';

const dayMs = 24 * 3_600_000;

describe('an event', () => {
  test('is sent in its envelope to whoever asked for its type, signed', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    const { secret } = await hooks.hook(receiver.url);
    const eventId = hooks.record('sms.received', undefined, 'Grüße 😀');
    const [{ headers, body, event } = expect.fail()] = await receiver.until(1);
    expect(eventEnvelope.parse(event)).toEqual(event);
    expect(event).toMatchObject({ event_id: eventId, event_type: 'sms.received', api_version: 'v1' });
    expect(event.data.body).toBe('Grüße 😀');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-reachcell-signature': expectedSignature(body, secret),
      'x-timestamp': String(Math.floor(hooks.api.clock.now() / 1_000)),
    });
  });

  test('goes to every webhook that asked for it and to no other', async () => {
    const hooks = await startHookedApi();
    const [one, two, other] = [await startReceiver(), await startReceiver(), await startReceiver()];
    await hooks.hook(one.url, ...eventTypes);
    await hooks.hook(two.url, 'modem.offline', 'call.missed');
    const { id } = await hooks.hook(other.url, 'sms.sent', 'call.incoming');
    hooks.api.events.record('call.missed', { from: null, to: '+14155552671' });
    expect((await one.until(1))[0]?.event.data).toEqual({ from: null, to: '+14155552671' });
    await two.until(1);
    expect(await hooks.deliveries(id)).toEqual([]);
  });

  test('that is taken back with its transaction is sent to nobody', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    const { id } = await hooks.hook(receiver.url);
    expect(() =>
      hooks.api.database.transaction(() => {
        hooks.record('sms.received');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(await hooks.deliveries(id)).toEqual([]);
    hooks.record('sms.received', undefined, 'after');
    expect((await receiver.until(1))[0]?.event.data.body).toBe('after');
  });

  test('of a gateway that stopped before it was sent is sent after the next start', async () => {
    const api = await startApi();
    const hooks = new HookedApi(api);
    const receiver = await startReceiver();
    await hooks.hook(receiver.url);
    hooks.record('sms.received');
    api.hooks.dispatcher.start();
    await receiver.until(1);
    await hooks.until((await hooks.ask('')).json.data[0].id, ([first]) => first?.status === 'delivered');
    api.hooks.dispatcher.stop();
  });

  test('of a text that is erased is not sent any more', async () => {
    const api = await startApi();
    const hooks = new HookedApi(api);
    const receiver = await startReceiver();
    const { id } = await hooks.hook(receiver.url, 'sms.failed');
    const sent = await api.send({ from: '+14155552671', to: '+14155553000', body: 'secret' });
    const path = `/v1/sms/${sent.json.data.message_id}`;
    await api.ask(`${path}/cancel`, { method: 'POST' });
    expect(await hooks.deliveries(id)).toHaveLength(1);
    const authorization = `Bearer ${api.newKey(['admin'])}`;
    expect((await api.ask(path, { method: 'DELETE', headers: { authorization } })).status).toBe(200);
    expect(await hooks.deliveries(id)).toEqual([]);
  });

  test('of a webhook that is deleted is not sent any more, and its rows go in time', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    await hooks.tried(id, 1);
    await hooks.ask(`/${id}`, { method: 'DELETE' });
    await hooks.api.clock.advance(3_600_000);
    expect(receiver.received).toHaveLength(1);
    for (const table of ['webhooks', 'deliveries', 'delivery_attempts']) {
      expect(hooks.api.database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toEqual({ rows: 0 });
    }
  });
});

describe('the log of deliveries', () => {
  test('keeps time, status and the first 1,000 characters of each answer', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.end('😀'.repeat(5_000)));
    const { id } = await hooks.hook(receiver.url);
    const eventId = hooks.record('sms.received');
    const delivery = await hooks.tried(id, 1);
    expect(delivery).toMatchObject({ event_id: eventId, status: 'delivered', next_attempt_at: null });
    expect(delivery.attempts).toEqual([
      {
        at: '2026-06-08T13:30:06Z',
        duration_ms: expect.any(Number),
        status: 200,
        response: '😀'.repeat(1_000),
        error: null,
      },
    ]);
  });

  test('is shown newest first, in pages, and by status', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response, { event }) =>
      response.writeHead(event.data.body === 'bad' ? 410 : 200).end(),
    );
    const { id } = await hooks.hook(receiver.url);
    const ids = ['1', '2', 'bad', '4'].map((body) => hooks.record('sms.received', undefined, body));
    await hooks.until(id, (all) => all.length === 4 && all.every(({ status }) => status !== 'waiting'));
    const page = await hooks.ask(`/${id}/deliveries?per_page=2&page=2`);
    expect(page.json.data.map((view: { event_id: string }) => view.event_id)).toEqual([ids[1], ids[0]]);
    expect(page.json.meta).toEqual({ page: 2, per_page: 2, total: 4, total_pages: 2 });
    const givenUp = await hooks.deliveries(id, '?status=given_up');
    expect(givenUp.map(({ event_id }) => event_id)).toEqual([ids[2]]);
    expect((await hooks.ask(`/${id}`)).json.data).toMatchObject({ waiting: 0, given_up: 1 });
  });

  test('is given up after 30 days behind many others that a dead receiver does not take', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const { id } = await hooks.hook(receiver.url);
    for (let n = 0; n < 50; n++) hooks.record('sms.received');
    await hooks.until(id, (all) => all.some(({ attempts }) => attempts.length > 0));
    const { clock } = hooks.api;
    clock.shift(29 * dayMs);
    hooks.record('sms.received');
    await clock.advance(3_700_000);
    expect((await hooks.ask(`/${id}`)).json.data.waiting).toBeGreaterThan(1);
    clock.shift(dayMs);
    await clock.advance(3_700_000);
    expect((await hooks.ask(`/${id}`)).json.data).toMatchObject({ waiting: 1, given_up: 50 });
  });

  test('that seems old because the clock was set ahead is tried for a day before it is given up', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    await hooks.tried(id, 1);
    const { clock } = hooks.api;
    clock.shift(60 * dayMs);
    hooks.api.hooks.dispatcher.clockMoved(60 * dayMs);
    await clock.advance(7_300_000);
    expect((await hooks.ask(`/${id}`)).json.data.waiting).toBe(1);
  });

  test('brings the same event again when that is asked', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    const first = await hooks.tried(id, 1);
    const again = await hooks.post(`/${id}/deliveries/${first.id}/redeliver`);
    expect(again.status).toBe(202);
    expect(again.json.data).toMatchObject({ redelivery_of: first.id, event_id: first.event_id });
    const [one, two] = await receiver.until(2);
    expect(two?.body).toBe(one?.body);
    expect(again.json.data.body, 'what is shown is what was sent').toBe(one?.body);
    expect((await hooks.post(`/${id}/deliveries/nothing/redeliver`)).json.error.code).toBe(
      'WEBHOOK_NOT_FOUND',
    );
  });

  test('forgets after 30 days what has ended, never what waits', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    const { id } = await hooks.hook(receiver.url);
    hooks.record('sms.received');
    await hooks.tried(id, 1);
    await hooks.api.clock.advance(29 * 24 * 3_600_000);
    expect(await hooks.deliveries(id)).toHaveLength(1);
    await hooks.api.clock.advance(2 * 24 * 3_600_000);
    expect(await hooks.deliveries(id)).toEqual([]);
  });
});
