import { describe, expect, test } from 'vitest';
import { gatewayVersion, RunningApi, startApi } from './running-api.ts';

const unknown = `ak_${'0'.repeat(40)}`;

describe('a key', () => {
  test.each([
    ['no header at all', []],
    ['an empty header', ''],
    ['a header of blanks', '   '],
  ])('is missing with %s', async (_what, authorization) => {
    const api = await startApi();
    const answer = await api.ask('/v1/sms', { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ success: false, error: { code: 'MISSING_API_KEY' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test.each([
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['the scheme alone', 'Bearer'],
    ['a key without scheme', unknown],
    ['an unknown key', `Bearer ${unknown}`],
    ['a malformed key', 'Bearer ak_your_api_key'],
    ['two words', `Bearer ${unknown} x`],
    ['octets that are no ASCII', `Bearer ak_${'\u{e4}'.repeat(40)}`],
    ['a very long one', `Bearer ak_${'x'.repeat(8_000)}`],
  ])('is invalid with %s', async (_what, authorization) => {
    const api = await startApi();
    const answer = await api.ask('/v1/sms', { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ success: false, error: { code: 'INVALID_API_KEY' } });
  });

  test('is good with the scheme in any case and with blanks about it', async () => {
    const api = await startApi();
    for (const scheme of ['Bearer', 'bearer', 'BEARER', ' Bearer  ']) {
      const answer = await api.ask('/v1/sms', { headers: { authorization: `${scheme} ${api.key} ` } });
      expect(answer.status).toBe(200);
    }
  });

  test('that was revoked is refused with the next request', async () => {
    const api = await startApi();
    expect((await api.ask('/v1/sms')).status).toBe(200);
    api.keys.revoke(api.keys.list()[0]?.id ?? '');
    const answer = await api.ask('/v1/sms');
    expect(answer.status).toBe(401);
    expect(answer.json.error.code).toBe('INVALID_API_KEY');
  });

  test('is not told apart from others in the words of a refusal', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/sms', { headers: { authorization: `Bearer ${unknown}` } });
    expect(answer.text).not.toContain(unknown);
  });

  test('is asked for before anything else is looked at', async () => {
    const api = await startApi();
    const asked = [
      ['POST', '/v1/sms/send', '{'],
      ['POST', '/v1/sms/send', 'x'.repeat(100_000)],
      ['GET', '/v1/nowhere', ''],
      ['DELETE', '/v1/sms/send', ''],
      ['OPTIONS', '/v1/sms', ''],
      ['GET', '/v1', ''],
      ['GET', '/v1/%ff', ''],
    ] as const;
    for (const [method, path, body] of asked) {
      const answer = await api.ask(path, { method, body, headers: { authorization: [] } });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });
});

describe('scopes', () => {
  const reads = ['/v1/sms', '/v1/numbers', '/v1/modems', '/v1/sims'];
  const send = (api: RunningApi, key: string) =>
    api.ask('/v1/sms/send', { method: 'POST', body: {}, headers: { authorization: `Bearer ${key}` } });
  const statuses = (api: RunningApi, key: string) =>
    Promise.all(
      reads.map(async (path) => {
        const answer = await api.ask(path, { headers: { authorization: `Bearer ${key}` } });
        return answer.status;
      }),
    );

  test('sms:read reads and does not send', async () => {
    const api = await startApi();
    const key = api.newKey(['sms:read']);
    expect(await statuses(api, key)).toEqual([200, 200, 200, 200]);
    const answer = await send(api, key);
    expect(answer.status).toBe(403);
    expect(answer.json.error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('sms:send'),
    });
  });

  test('sms:send sends and does not read', async () => {
    const api = await startApi();
    const key = api.newKey(['sms:send']);
    expect(await statuses(api, key)).toEqual([403, 403, 403, 403]);
    expect((await send(api, key)).status).toBe(422);
  });

  test('admin does all, webhooks neither', async () => {
    const api = await startApi();
    const admin = api.newKey(['admin']);
    expect(await statuses(api, admin)).toEqual([200, 200, 200, 200]);
    expect((await send(api, admin)).status).toBe(422);
    const webhooks = api.newKey(['webhooks']);
    expect(await statuses(api, webhooks)).toEqual([403, 403, 403, 403]);
    expect((await send(api, webhooks)).status).toBe(403);
  });

  test('are told to whoever asks who it is', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/session');
    expect(answer.json.data).toMatchObject({
      kind: 'key',
      name: 'test',
      scopes: ['sms:send', 'sms:read'],
      expires_at: null,
      gateway_version: gatewayVersion,
    });
  });
});

test('requests are counted, and their count is on disk after the stop', async () => {
  const api = await new RunningApi().start();
  for (let count = 0; count < 3; count++) await api.ask('/v1/sms');
  await api.server.stop();
  api.keys.stop();
  expect(api.keys.list()[0]).toMatchObject({ request_count: 3, last_used_at: '2026-06-08T13:30:06Z' });
});
