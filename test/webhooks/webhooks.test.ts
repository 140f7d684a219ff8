import { describe, expect, test } from 'vitest';
import { startApi } from '../api/running-api.ts';
import { HookedApi, startHookedApi } from './hooked-api.ts';
import { expectedSignature, startReceiver } from './receiver.ts';

const absent = '0'.repeat(16);
const wanted = { url: 'https://example.com/texts', label: 'Till', events: ['sms.received'] };

describe('a webhook', () => {
  test('is made, listed, looked at, changed and deleted; its secret is shown once', async () => {
    const hooks = await startHookedApi();
    const made = await hooks.post('', wanted);
    expect([made.status, made.json.data]).toEqual([201, expect.objectContaining(wanted)]);
    const { id, secret, ...shown } = made.json.data;
    expect(secret).toMatch(/^whsec_[0-9A-Za-z]{40}$/);
    expect((await hooks.ask('')).json.data).toEqual([{ id, ...shown }]);
    expect((await hooks.ask(`/${id}`)).json.data).toEqual({ id, ...shown });
    const changed = await hooks.ask(`/${id}`, { method: 'PATCH', body: { label: 'Till 2' } });
    expect(changed.json.data).toEqual({ id, ...shown, label: 'Till 2' });
    expect((await hooks.ask(`/${id}`, { method: 'DELETE' })).json.data).toEqual({ id });
    expect((await hooks.ask('')).json.data).toEqual([]);
    expect((await hooks.ask(`/${id}`)).json.error.code).toBe('WEBHOOK_NOT_FOUND');
  });

  test('is made, and changed, together with the line of the audit log that tells of it, or not at all', async () => {
    const hooks = await startHookedApi();
    const { id } = await hooks.hook('https://example.com/');
    const before = (await hooks.ask('')).json.data;
    hooks.api.database
      .prepare("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END")
      .run();
    expect((await hooks.post('', wanted)).status).toBe(500);
    const change = { label: 'Till 2', rotate_secret: true };
    expect((await hooks.ask(`/${id}`, { method: 'PATCH', body: change })).status).toBe(500);
    expect((await hooks.ask('')).json.data).toEqual(before);
  });

  test('keeps its secret sealed on the disk', async () => {
    const hooks = await startHookedApi();
    const { secret } = await hooks.hook('https://example.com/');
    const rows = JSON.stringify(hooks.api.database.prepare('SELECT * FROM webhooks').all());
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain(secret.slice(6));
  });

  test.each([
    ['', 'POST', { url: 'https://example.com/' }, ['events', 'label']],
    ['', 'POST', { ...wanted, events: [] }, ['events']],
    ['', 'POST', { ...wanted, label: ' ' }, ['label']],
    ['', 'POST', { ...wanted, secret: 'mine' }, ['secret']],
    ['', 'POST', { url: 'till', label: '', events: ['sms.read'] }, ['events.0', 'label', 'url']],
    ['', 'POST', { url: 'till', label: 'Till', events: ['sms.read'] }, ['events.0', 'url']],
    ['', 'POST', { ...wanted, events: ['sms.received', 'sms.received'] }, ['events']],
  ])('is not made of what lacks something: %s %s %j', async (path, method, body, fields) => {
    const hooks = await startHookedApi();
    const answer = await hooks.ask(path, { method, body });
    expect([answer.status, answer.json.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(Object.keys(answer.json.error.details).sort()).toEqual(fields);
  });

  test('is not made for a type of event that does not exist', async () => {
    const hooks = await startHookedApi();
    const answer = await hooks.post('', { ...wanted, events: ['sms.received', 'sms.read'] });
    expect([answer.status, answer.json.error.code]).toEqual([422, 'INVALID_EVENT_TYPE']);
    expect(answer.json.error.details).toHaveProperty(['events.1']);
  });

  test.each([
    'ftp://example.com/',
    'example.com',
    'http://8.8.8.8/',
    'http://[2001:4860:4860::8888]/',
    'http://169.254.169.254/latest/meta-data',
    'https://169.254.1.1/',
    'https://[fe80::1]/',
    'https://[::ffff:169.254.169.254]/',
    'http://0xA9FEA9FE/',
    'http://2852039166/',
    'https://0.0.0.0/',
    'https://user:password@example.com/',
    'http://name-that-nobody-has.invalid/',
  ])('is not made for %s', async (url) => {
    const hooks = await startHookedApi();
    const answer = await hooks.post('', { ...wanted, url });
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, ['url']]);
    const { id } = await hooks.hook('https://example.com/');
    expect((await hooks.ask(`/${id}`, { method: 'PATCH', body: { url } })).status).toBe(422);
  });

  test.each(['http://localhost:1/', 'http://[::1]/', 'http://192.168.1.20:8080/a?b=c', 'http://10.1.2.3/'])(
    'is made for %s without encryption, as it is near',
    async (url) => {
      const hooks = await startHookedApi();
      expect((await hooks.post('', { ...wanted, url })).status).toBe(201);
    },
  );

  test('that does not exist is 404, whatever is asked of it', async () => {
    const hooks = await startHookedApi();
    const answers = await Promise.all([
      hooks.ask(`/${absent}`),
      hooks.ask(`/${absent}`, { method: 'PATCH', body: { label: 'x' } }),
      hooks.ask(`/${absent}`, { method: 'DELETE' }),
      hooks.post(`/${absent}/test`),
      hooks.ask(`/${absent}/deliveries`),
      hooks.post(`/${absent}/deliveries/${absent}/redeliver`),
    ]);
    expect(answers.map(({ json }) => json.error.code)).toEqual(Array(6).fill('WEBHOOK_NOT_FOUND'));
  });

  test('needs a key with the scope webhooks', async () => {
    const api = await startApi();
    expect((await api.ask('/v1/webhooks')).json.error.code).toBe('FORBIDDEN');
    expect((await new HookedApi(api).ask('')).status).toBe(200);
  });
});

describe('a secret that is changed', () => {
  test('signs at once, and for a day the old one signs beside it', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver();
    const { id, secret: old } = await hooks.hook(receiver.url);
    const changed = await hooks.ask(`/${id}`, { method: 'PATCH', body: { rotate_secret: true } });
    const { secret, previous_secret_until: until } = changed.json.data;
    expect([secret === old, until]).toEqual([false, '2026-06-09T13:30:06Z']);
    hooks.record('sms.received');
    const [first] = await receiver.until(1);
    expect(first?.headers).toMatchObject({
      'x-reachcell-signature': expectedSignature(first?.body ?? '', secret),
      'x-reachcell-signature-previous': expectedSignature(first?.body ?? '', old),
    });
    await hooks.api.clock.advance(24 * 3_600_000);
    hooks.record('sms.received');
    const second = (await receiver.until(2))[1];
    expect(second?.headers['x-reachcell-signature']).toBe(expectedSignature(second?.body ?? '', secret));
    expect(second?.headers).not.toHaveProperty('x-reachcell-signature-previous');
    expect((await hooks.ask(`/${id}`)).json.data.previous_secret_until).toBeNull();
  });
});

describe('a test of a webhook', () => {
  test('sends an event that did not happen, and shows what came of it', async () => {
    const hooks = await startHookedApi();
    const receiver = await startReceiver((response) => response.writeHead(418).end('short and stout'));
    const { id, secret } = await hooks.hook(receiver.url, 'modem.attention');
    const answer = await hooks.post(`/${id}/test`);
    expect(answer.json.data).toMatchObject({ test: true, status: 'given_up', event_type: 'modem.attention' });
    expect(answer.json.data.attempts).toMatchObject([{ status: 418, response: 'short and stout' }]);
    const [request] = receiver.received;
    expect(request?.headers['x-reachcell-signature']).toBe(expectedSignature(request?.body ?? '', secret));
    await hooks.api.clock.advance(60_000);
    expect(receiver.received).toHaveLength(1);
  });
});
