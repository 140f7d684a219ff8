import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
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

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

describe.skipIf(outside === undefined)('on a server that listens on all addresses', () => {
  async function askFromOutside(path: string, headers: Record<string, string>) {
    const api = await startApi({ host: '0.0.0.0' });
    const request = httpRequest({ host: outside, port: api.port, path, headers, agent: false });
    request.end();
    const [response] = await once(request, 'response');
    response.resume();
    return response.statusCode;
  }

  test('the address that was called is ours', async () => {
    expect(await askFromOutside('/', { host: `${outside}:8026` })).toBe(200);
    expect(await askFromOutside('/', { host: '203.0.113.1' })).toBe(403);
    expect(await askFromOutside('/', { host: 'evil.example' })).toBe(403);
  });

  test('health is told to others only with a key', async () => {
    expect(await askFromOutside('/healthz', {})).toBe(401);
    expect(await askFromOutside('/readyz', {})).toBe(401);
  });
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
