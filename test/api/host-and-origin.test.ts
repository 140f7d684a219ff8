import { expect, test } from 'vitest';
import { startApi } from './running-api.ts';

const ours = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'localhost:8026',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.1.2.3',
  '[::1]',
  '[::1]:8026',
  '[::ffff:127.0.0.1]',
  'postern.local',
  'Postern.Local:8026',
];
const foreign = [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example:8026',
  'localhost@evil.example',
  'user@localhost',
  'localhost/evil',
  'localhost:x',
  'local host',
  '[::1',
  '[::2]',
  '0.0.0.0',
  '192.168.1.5',
  '2130706433',
  '0x7f.1',
  '127.0.0.1,evil.example',
];

test.each(ours)('the host "%s" is ours', async (host) => {
  const api = await startApi({ allowedHosts: ['postern.local'] });
  expect((await api.ask('/v1/sms', { headers: { host } })).status).toBe(200);
});

test.each(foreign)('the host "%s" is not: 403', async (host) => {
  const api = await startApi({ allowedHosts: ['postern.local'] });
  for (const path of ['/v1/sms', '/', '/healthz', '/session?token=x']) {
    const answer = await api.ask(path, { headers: { host } });
    expect(answer.status).toBe(403);
    expect(answer.json.error.code).toBe('FORBIDDEN');
  }
});

test.each([
  ['without a host', ''],
  ['with an empty host', 'Host:\r\n'],
])('a request %s is refused', async (_what, host) => {
  const api = await startApi();
  const answer = await api.raw(
    `GET /v1/sms HTTP/1.1\r\n${host}Authorization: Bearer ${api.key}\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

test('the address that was called is ours where the server listens on all', async () => {
  const api = await startApi({ host: '0.0.0.0' });
  expect((await api.ask('/v1/sms', { headers: { host: `127.0.0.1:${api.port}` } })).status).toBe(200);
  expect((await api.ask('/v1/sms', { headers: { host: 'evil.example' } })).status).toBe(403);
});

test.each([
  ['http://localhost:3000', 200],
  ['http://127.0.0.1:8026', 200],
  ['https://postern.local', 200],
  ['null', 403],
  ['http://evil.example', 403],
  ['https://localhost.evil.example', 403],
  ['http://evil.example#localhost', 403],
  ['file://', 403],
  ['chrome-extension://localhost', 403],
])('a browser’s page from %s gets %i', async (origin, status) => {
  const api = await startApi({ allowedHosts: ['postern.local'] });
  const answer = await api.ask('/v1/sms', { headers: { origin } });
  expect(answer.status).toBe(status);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});
