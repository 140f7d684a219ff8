import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../store/temporary-database.ts';
import { startApi } from './running-api.ts';

const page = '<!doctype html><title>Postern</title>';
const browser = { authorization: [], accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

async function startWithPages() {
  const folder = temporaryFolder();
  const rendererDir = join(folder, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(rendererDir, 'index.html'), page);
  writeFileSync(join(rendererDir, 'favicon.svg'), '<svg/>');
  writeFileSync(join(rendererDir, '.env'), 'secret');
  writeFileSync(join(rendererDir, 'assets', 'main-a1b2.js'), 'export {};');
  return startApi({ rendererDir });
}

describe('the pages', () => {
  test('are at / for whoever asks, and never from a stale cache', async () => {
    const api = await startWithPages();
    for (const accept of ['text/html', '*/*', 'application/json']) {
      const answer = await api.ask('/', { headers: { authorization: [], accept } });
      expect([answer.status, answer.text]).toEqual([200, page]);
      expect(answer.headers['cache-control']).toBe('no-cache');
    }
  });

  test('bring files with their types; those with a hash in the name may be kept for ever', async () => {
    const api = await startWithPages();
    const script = await api.ask('/assets/main-a1b2.js', { headers: { authorization: [] } });
    expect(script.headers['content-type']).toMatch(/^text\/javascript/);
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const icon = await api.ask('/favicon.svg', { headers: { authorization: [] } });
    expect(icon.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(icon.headers['cache-control']).toBe('no-cache');
  });

  test('answer every address that a person opens within them', async () => {
    const api = await startWithPages();
    for (const path of ['/messages', '/modems/356938035643809', '/messages?status=failed', '/a/b/c']) {
      const answer = await api.ask(path, { headers: browser });
      expect([path, answer.status, answer.text]).toEqual([path, 200, page]);
    }
  });

  test('are not what a script, a style or a program gets for a wrong address', async () => {
    const api = await startWithPages();
    for (const accept of ['*/*', 'text/css,*/*;q=0.1', 'application/json']) {
      const answer = await api.ask('/assets/gone.js', { headers: { authorization: [], accept } });
      expect([answer.status, answer.json.error.code]).toEqual([404, 'NOT_FOUND']);
    }
  });

  test('are not what anybody gets under /v1', async () => {
    const api = await startWithPages();
    const answer = await api.ask('/v1/nowhere', { headers: browser });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'MISSING_API_KEY']);
    const known = await api.ask('/v1/nowhere', { headers: { accept: 'text/html' } });
    expect([known.status, known.json.error.code]).toEqual([404, 'NOT_FOUND']);
  });

  test('take nothing: another method is refused', async () => {
    const api = await startWithPages();
    expect((await api.ask('/', { method: 'POST', headers: browser })).headers.allow).toBe(
      'GET, HEAD, OPTIONS',
    );
    expect((await api.ask('/messages', { method: 'POST', headers: browser })).status).toBe(404);
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '/.env',
    '/assets/',
    '/assets',
    '/%00',
    '/%ff',
    '//secret.txt',
  ])('give away nothing at %s', async (path) => {
    const api = await startWithPages();
    const answer = await api.ask(path, { headers: { authorization: [] } });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toBe('secret');
    expect(answer.json.error.code).toBe('NOT_FOUND');
  });
});

test('where the pages are not built a plain one says so', async () => {
  for (const rendererDir of [undefined, temporaryFolder()]) {
    const api = await startApi({ rendererDir });
    const answer = await api.ask('/', { headers: browser });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.text).toContain('npm run build');
    expect((await api.ask('/messages', { headers: browser })).status).toBe(404);
  }
});

test('every answer tells the browser what it may not do', async () => {
  const api = await startWithPages();
  for (const path of ['/', '/v1/sms', '/nowhere', '/session?token=x']) {
    const { headers } = await api.ask(path);
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toContain('upgrade-insecure-requests');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  }
});
