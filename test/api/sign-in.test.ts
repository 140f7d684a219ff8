import { beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/store/password-store.ts';
import { Browser } from './browser.ts';
import { at, gatewayVersion, quickCost, type RunningApi, startApi } from './running-api.ts';

const password = 'correct horse battery';
let hash: string;

beforeAll(async () => {
  hash = await hashPassword(password, quickCost);
});

async function withPassword(role: 'administrator' | 'reader' = 'administrator'): Promise<RunningApi> {
  const api = await startApi();
  api.passwords.keep(role, hash);
  return api;
}

describe('the first run', () => {
  test('is told to a browser that nobody knows yet, until an administrator has a password', async () => {
    const api = await startApi();
    const stranger = new Browser(api);
    const setup = await stranger.ask('/v1/setup');
    expect(setup.json.data).toEqual({ first_run: true, password_roles: [], gateway_version: gatewayVersion });
    const person = new Browser(api);
    await person.ask(await api.signInPath());
    const set = await person.ask('/v1/passwords/administrator', { method: 'PUT', body: { password } });
    expect(set.json.data).toEqual({
      role: 'administrator',
      is_set: true,
      changed_at: at('2026-06-08T13:30:06Z'),
    });
    expect((await stranger.ask('/v1/setup')).json.data).toMatchObject({
      first_run: false,
      password_roles: ['administrator'],
    });
    expect((await stranger.signIn(password)).status).toBe(201);
    expect((await person.ask('/v1/session')).status).toBe(200);
  });

  test('lets no stranger set the password, nor do anything else', async () => {
    const api = await startApi();
    const stranger = new Browser(api);
    const set = await stranger.ask('/v1/passwords/administrator', { method: 'PUT', body: { password } });
    expect([set.status, set.json.error.code]).toEqual([401, 'MISSING_API_KEY']);
    for (const path of ['/v1/setup/', '/v1/setup/x', '/v1/SETUP', '/v1/session']) {
      expect((await stranger.ask(path)).status).toBe(401);
    }
  });
});

describe('signing in', () => {
  test('by password opens a session that scripts and other sites cannot use', async () => {
    const api = await withPassword();
    const browser = new Browser(api);
    const answer = await browser.signIn(password);
    expect(answer.status).toBe(201);
    expect(answer.json.data).toMatchObject({ kind: 'session', role: 'administrator' });
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /; HttpOnly; SameSite=Strict; Path=\/; Max-Age=(?:2592000|25919\d\d)$/,
    );
    expect(answer.text).not.toContain(browser.cookie.split('=')[1]);
    expect((await browser.ask('/v1/keys')).status).toBe(200);
  });

  test('anew ends the session that the browser had', async () => {
    const api = await withPassword();
    const browser = new Browser(api);
    await browser.signIn(password);
    const before = browser.cookie;
    await browser.signIn(password);
    expect((await api.ask('/v1/session', { headers: { authorization: [], cookie: before } })).status).toBe(
      401,
    );
    expect((await browser.ask('/v1/session')).status).toBe(200);
  });

  test.each([
    ['a wrong password', { password: 'incorrect horse battery' }],
    ['another role’s password', { password, role: 'reader' }],
  ])('with %s is refused and written down', async (_what, body) => {
    const api = await withPassword();
    const answer = await new Browser(api).ask('/v1/session', { method: 'POST', body });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'WRONG_PASSWORD']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(api.audit.page({ page: 1, per_page: 10 }).data[0]).toMatchObject({
      action: 'session.refused',
      actor: { kind: 'nobody', address: '127.0.0.1' },
    });
  });

  test.each([
    ['no password', {}, 'password'],
    ['an empty one', { password: '' }, 'password'],
    ['an unknown role', { password, role: 'root' }, 'role'],
    ['a list', { password: [password] }, 'password'],
  ])('with %s is a mistake in that field', async (_what, body, field) => {
    const api = await withPassword();
    const answer = await new Browser(api).ask('/v1/session', { method: 'POST', body });
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, [field]]);
  });

  test('works from pages of this gateway alone, and only as JSON', async () => {
    const api = await withPassword();
    const browser = new Browser(api);
    const from = (headers: Record<string, string>) =>
      browser.ask('/v1/session', { method: 'POST', body: JSON.stringify({ password }), headers });
    const json = { 'content-type': 'application/json' };
    expect((await from({ ...json, origin: 'http://localhost:3000' })).status).toBe(403);
    expect((await from({ ...json, origin: 'http://evil.example' })).status).toBe(403);
    expect((await from({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await from({ 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect(browser.cookie).toBe('');
  });

  test('after five wrong passwords waits five minutes, with the right one too', async () => {
    const api = await withPassword();
    const browser = new Browser(api);
    for (let guess = 0; guess < 5; guess++) expect((await browser.signIn(`guess ${guess}`)).status).toBe(401);
    const refused = await browser.signIn(password);
    expect([refused.status, refused.json.error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    expect(refused.headers['retry-after']).toBe('300');
    await api.clock.advance(300_000);
    expect((await browser.signIn(password)).status).toBe(201);
  });

  test('rightly makes earlier mistakes void', async () => {
    const api = await withPassword();
    for (let round = 0; round < 2; round++) {
      const browser = new Browser(api);
      for (let guess = 0; guess < 4; guess++) await browser.signIn('wrong');
      expect((await browser.signIn(password)).status).toBe(201);
    }
  });
});

describe('a reader', () => {
  test('looks and changes nothing', async () => {
    const api = await withPassword('reader');
    const browser = new Browser(api);
    expect((await browser.signIn(password, 'reader')).json.data).toMatchObject({
      role: 'reader',
      scopes: ['sms:read'],
    });
    for (const path of ['/v1/sms', '/v1/modems', '/v1/sims', '/v1/numbers', '/v1/session']) {
      expect((await browser.ask(path)).status).toBe(200);
    }
    for (const [method, path] of [
      ['POST', '/v1/sms/send'],
      ['GET', '/v1/keys'],
      ['POST', '/v1/keys'],
      ['GET', '/v1/audit'],
      ['PATCH', '/v1/settings'],
      ['PUT', '/v1/passwords/reader'],
      ['POST', '/v1/session/links'],
    ] as const) {
      const answer = await browser.ask(path, { method, ...(method === 'GET' ? {} : { body: {} }) });
      expect([path, answer.status, answer.json.error.code]).toEqual([path, 403, 'FORBIDDEN']);
      expect(answer.json.error.message).toContain('reader');
    }
  });

  test('can come by a link that an administrator made', async () => {
    const api = await startApi();
    const link = await api.ask('/v1/session/links', {
      method: 'POST',
      body: { role: 'reader' },
      headers: { authorization: `Bearer ${api.newKey(['admin'])}` },
    });
    expect(link.status).toBe(201);
    expect(link.json.data).toMatchObject({ role: 'reader', expires_at: at('2026-06-08T13:45:06Z') });
    const browser = new Browser(api);
    await browser.ask(link.json.data.path);
    expect((await browser.ask('/v1/session')).json.data.role).toBe('reader');
  });
});

describe('a password', () => {
  test('that is changed or removed ends the other sessions of its role, and no others', async () => {
    const api = await withPassword();
    api.passwords.keep('reader', hash);
    const [here, there, reader] = [new Browser(api), new Browser(api), new Browser(api)];
    await here.signIn(password);
    await there.signIn(password);
    await reader.signIn(password, 'reader');
    const changed = { method: 'PUT', body: { password: 'another long word' } };
    expect((await here.ask('/v1/passwords/administrator', changed)).status).toBe(200);
    const standing = async () =>
      Promise.all([here, there, reader].map(async (who) => (await who.ask('/v1/session')).status));
    expect(await standing()).toEqual([200, 401, 200]);
    expect((await there.signIn(password)).status).toBe(401);
    const removed = await here.ask('/v1/passwords/reader', { method: 'DELETE' });
    expect(removed.json.data).toEqual({ role: 'reader', is_set: false, changed_at: null });
    expect(await standing()).toEqual([200, 401, 401]);
    expect((await reader.signIn(password, 'reader')).status).toBe(401);
  });

  test.each([
    ['nine characters', 'x'.repeat(9)],
    ['257 characters', 'x'.repeat(257)],
  ])('of %s is not taken', async (_what, word) => {
    const api = await startApi();
    const answer = await api.ask('/v1/passwords/reader', {
      method: 'PUT',
      body: { password: word },
      headers: { authorization: `Bearer ${api.newKey(['admin'])}` },
    });
    expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, ['password']]);
  });

  test('is kept as a salted hash, never as it is', async () => {
    const api = await withPassword();
    api.passwords.keep('reader', await hashPassword(password, quickCost));
    const rows = api.database.prepare<[], { hash: string }>('SELECT hash FROM passwords').all();
    expect(new Set(rows.map((row) => row.hash)).size).toBe(2);
    expect(JSON.stringify(rows)).not.toContain(password);
  });
});
