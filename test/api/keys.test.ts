import { describe, expect, test } from 'vitest';
import { apiKey, createdKey } from '../../src/contract/key.ts';
import { type Answer, at, needsOwnProcess, type RunningApi, startApi } from './running-api.ts';

const as = (key: string) => ({ authorization: `Bearer ${key}` });

function make(api: RunningApi, body: object, key = api.newKey(['admin'])): Promise<Answer> {
  return api.ask('/v1/keys', { method: 'POST', body, headers: as(key) });
}

describe('a key made over the API', () => {
  test('is shown once and works at once', async () => {
    const api = await startApi();
    const made = await make(api, { name: ' Till ', scopes: ['sms:read'] });
    expect(made.status).toBe(201);
    expect(createdKey.parse(made.json.data)).toMatchObject({
      name: 'Till',
      scopes: ['sms:read'],
      expires_at: null,
      allowed_addresses: [],
      requests_per_minute: null,
      last_used_at: null,
      request_count: 0,
    });
    const { key, id } = made.json.data;
    expect((await api.ask('/v1/sms', { headers: as(key) })).status).toBe(200);
    const shown = await api.ask(`/v1/keys/${id}`, { headers: as(api.newKey(['admin'])) });
    expect(apiKey.strict().parse(shown.json.data)).toMatchObject({
      request_count: 1,
      last_used_at: at('2026-06-08T13:30:06Z'),
    });
    expect(shown.text).not.toContain(key);
  });

  test('may send and read when no scope is named', async () => {
    const api = await startApi();
    expect((await make(api, { name: 'x' })).json.data.scopes).toEqual(['sms:send', 'sms:read']);
  });

  test('is listed without itself', async () => {
    const api = await startApi();
    const { key } = (await make(api, { name: 'Till' })).json.data;
    const list = await api.ask('/v1/keys', { headers: as(api.newKey(['admin'])) });
    expect(list.json.data.map(({ name }: { name: string }) => name)).toContain('Till');
    expect(list.json.meta.total).toBe(list.json.data.length);
    expect(list.text).not.toContain(key.slice(0, 12));
  });

  test('is refused with the next request when it was deleted, and deleting it again is no error', async () => {
    const api = await startApi();
    const admin = as(api.newKey(['admin']));
    const { id, key } = (await make(api, { name: 'Till' })).json.data;
    for (let time = 0; time < 2; time++) {
      const deleted = await api.ask(`/v1/keys/${id}`, { method: 'DELETE', headers: admin });
      expect([deleted.status, deleted.json.data.revoked_at]).toEqual([200, at('2026-06-08T13:30:06Z')]);
    }
    expect((await api.ask('/v1/sms', { headers: as(key) })).json.error.code).toBe('INVALID_API_KEY');
    const revocations = await api.ask('/v1/audit?action=key.revoke', { headers: admin });
    expect(revocations.json.meta.total).toBe(1);
  });

  test('that is unknown cannot be deleted', async () => {
    const api = await startApi();
    for (const id of ['nobody', '%00', "'%20OR%201=1--"]) {
      const asked = { method: 'DELETE', headers: as(api.newKey(['admin'])) };
      const answer = await api.ask(`/v1/keys/${id}`, asked);
      expect([answer.status, answer.json.error.code]).toEqual([404, 'KEY_NOT_FOUND']);
    }
  });

  const cases: readonly [string, object, string][] = [
    ['no name', {}, 'name'],
    ['an empty name', { name: ' ' }, 'name'],
    ['an unknown scope', { name: 'x', scopes: ['root'] }, 'scopes.0'],
    ['no scope at all', { name: 'x', scopes: [] }, 'scopes'],
    ['a past expiry', { name: 'x', expires_at: '2026-06-08T13:30:06Z' }, 'expires_at'],
    ['an expiry that is no time', { name: 'x', expires_at: 'tomorrow' }, 'expires_at'],
    ['an address that is none', { name: 'x', allowed_addresses: ['10.0.0'] }, 'allowed_addresses.0'],
    ['a range too wide', { name: 'x', allowed_addresses: ['10.0.0.0/33'] }, 'allowed_addresses.0'],
    ['no request at all', { name: 'x', requests_per_minute: 0 }, 'requests_per_minute'],
    ['a field nobody knows', { name: 'x', admin: true }, 'admin'],
  ];
  test.each(cases)('with %s is not made, and the field is named', async (_what, body, field) => {
    const api = await startApi();
    const answer = await make(api, body);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.json.error.details)).toEqual([field]);
  });
});

describe('a key that expires', () => {
  test('works until then and no longer, and ends its open answers', async () => {
    needsOwnProcess('a clock that is turned by hand');
    const api = await startApi();
    const { id, key } = (await make(api, { name: 'x', expires_at: '2026-06-08T15:31:06+02:00' })).json.data;
    await api.clock.advance(59_000);
    expect((await api.ask('/v1/sms', { headers: as(key) })).status).toBe(200);
    expect(api.keys.isActive(id)).toBe(true);
    await api.clock.advance(1_000);
    const answer = await api.ask('/v1/sms', { headers: as(key) });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'INVALID_API_KEY']);
    expect(api.keys.isActive(id)).toBe(false);
  });
});

describe('a key for some addresses', () => {
  test.each([
    [['127.0.0.1'], 200],
    [['127.0.0.0/8'], 200],
    [['::/0', '0.0.0.0/0'], 200],
    [['10.0.0.0/8', '192.168.1.20', '2001:db8::/32'], 403],
  ])('%j used from 127.0.0.1 is answered %i', async (addresses, status) => {
    const api = await startApi();
    const { id, key } = (await make(api, { name: 'x', allowed_addresses: addresses })).json.data;
    const answer = await api.ask('/v1/sms', { headers: as(key) });
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(answer.json.error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('127.0.0.1'),
    });
    expect(api.keys.find(id)?.request_count).toBe(0);
  });
});
