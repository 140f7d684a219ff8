import { describe, expect, test } from 'vitest';
import { at, type RunningApi, startApi } from './running-api.ts';

const noKey = { authorization: [] };

async function signIn(api: RunningApi): Promise<{ cookie: string; setCookie: string }> {
  const answer = await api.ask(await api.signInPath(), { headers: noKey });
  const setCookie = String(answer.headers['set-cookie']?.[0]);
  return { setCookie, cookie: setCookie.split(';')[0] ?? '' };
}

describe('the one-time link', () => {
  test('sets a cookie that scripts and other sites cannot use, and goes on to the pages', async () => {
    const api = await startApi();
    const answer = await api.ask(await api.signInPath(), { headers: noKey });
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^postern_session_\d+=\w{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=(?:2592000|25919\d\d)$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('works once', async () => {
    const api = await startApi();
    const path = await api.signInPath();
    expect((await api.ask(path)).status).toBe(303);
    const again = await api.ask(path);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.text).toContain('This link no longer works');
  });

  test('works for a quarter of an hour', async () => {
    const api = await startApi();
    const token = api.sessions.issueLink();
    await api.clock.advance(15 * 60_000);
    expect((await api.ask(`/session?token=${token}`)).status).toBe(403);
  });

  test('is not used up by previews', async () => {
    const api = await startApi();
    const path = await api.signInPath();
    await api.ask(path, { method: 'HEAD' });
    await api.ask(path, { headers: { 'sec-purpose': 'prefetch;prerender' } });
    await api.ask(path, { headers: { purpose: 'preview' } });
    await api.ask(path, { method: 'OPTIONS' });
    await api.ask(path, { method: 'POST' });
    expect((await api.ask(path)).status).toBe(303);
  });

  test.each([
    '/session',
    '/session?token=',
    '/session?token=x',
    '/session?token=a&token=b',
    '/session?token[]=a',
  ])('%s opens nothing', async (path) => {
    const api = await startApi();
    const answer = await api.ask(path);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('that is opened again in the same browser simply goes on', async () => {
    const api = await startApi();
    const { cookie } = await signIn(api);
    const answer = await api.ask('/session?token=used', { headers: { cookie } });
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
  });
});

describe('a session', () => {
  test('reads, sends and streams without a key', async () => {
    const api = await startApi();
    const { cookie } = await signIn(api);
    const who = await api.ask('/v1/session', { headers: { ...noKey, cookie } });
    expect(who.json.data).toMatchObject({
      kind: 'session',
      scopes: ['sms:send', 'sms:read', 'webhooks', 'admin'],
      expires_at: at('2026-07-08T13:30:06Z'),
    });
    const sent = await api.ask('/v1/sms/send', {
      method: 'POST',
      body: { from: '+14155552671', to: '+14155553000', body: 'x' },
      headers: { ...noKey, cookie: `other=1; ${cookie}; more=2`, origin: api.url },
    });
    expect(sent.status).toBe(202);
  });

  test('sends nothing for pages of other programs on this machine, nor without an origin', async () => {
    const api = await startApi();
    const { cookie } = await signIn(api);
    const post = (headers: Record<string, string>) =>
      api.ask('/v1/sms/send', {
        method: 'POST',
        body: { from: '+14155552671', to: '+14155553000', body: 'x' },
        headers: { ...noKey, cookie, ...headers },
      });
    for (const headers of [
      {},
      { origin: 'http://localhost:3000' },
      { origin: `https://localhost:${api.port}` },
    ]) {
      const answer = await post(headers);
      expect(answer.status).toBe(403);
      expect(answer.json.error.code).toBe('FORBIDDEN');
    }
    expect((await api.ask('/v1/sms')).json.meta.total).toBe(0);
  });

  test('reads nothing for such pages either', async () => {
    const api = await startApi();
    const { cookie } = await signIn(api);
    const read = (headers: Record<string, string>) =>
      api.ask('/v1/sms', { headers: { ...noKey, cookie, ...headers } });
    expect((await read({})).status).toBe(200);
    expect((await read({ origin: api.url })).status).toBe(200);
    expect((await read({ origin: 'http://localhost:3000' })).status).toBe(403);
  });

  test('does not help a wrong key', async () => {
    const api = await startApi();
    const { cookie } = await signIn(api);
    const answer = await api.ask('/v1/sms', { headers: { cookie, authorization: 'Bearer ak_wrong' } });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'INVALID_API_KEY']);
  });

  test('ends when its person logs out', async () => {
    const api = await startApi();
    const { cookie } = await signIn(api);
    const headers = { ...noKey, cookie, origin: api.url };
    const answer = await api.ask('/v1/session', { method: 'DELETE', headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^postern_session_\d+=; .*Max-Age=0$/);
    expect((await api.ask('/v1/session', { headers })).json.error.code).toBe('MISSING_API_KEY');
  });

  test.each(['', 'x', 'x'.repeat(43), '"'.repeat(43)])(
    'with the made-up cookie "%s" is none',
    async (value) => {
      const api = await startApi();
      await signIn(api);
      const cookie = `postern_session_${api.port}=${value}`;
      const answer = await api.ask('/v1/sms', { headers: { ...noKey, cookie } });
      expect([answer.status, answer.json.error.code]).toEqual([401, 'MISSING_API_KEY']);
    },
  );

  test('cannot be ended by a key, which is none', async () => {
    const api = await startApi();
    expect((await api.ask('/v1/session', { method: 'DELETE' })).status).toBe(403);
  });
});
