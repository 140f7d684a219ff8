import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { leftOutUnless } from '../foreign-programs.ts';
import { type RunningApi, startApi } from './running-api.ts';

const ours = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'localhost:8026',
  'localhost:',
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
  '[::2]',
  '0.0.0.0',
  '192.168.1.5',
  '127.1',
  '127.0.0.01',
  '2130706433',
  '0x7f.1',
  'localhost..',
  'localhos%74',
  '127.0.0.1,evil.example',
];
const malformed = [
  'localhost@evil.example',
  'user@localhost',
  'user:secret@localhost:8026',
  'localhost/evil',
  'localhost:x',
  'localhost:80:80',
  'local host',
  'http://localhost',
  '[::1',
  '::1',
  '[127.0.0.1]',
  '[localhost]',
  'localh\u00f6st',
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

test.each(malformed)('the host "%s" is none: 400', async (host) => {
  const api = await startApi({ allowedHosts: ['postern.local'] });
  expect(await refusal(api, 'GET /v1/sms HTTP/1.1', [`Host: ${host}`])).toBe('400 BAD_REQUEST');
});

/** Sends a request as it stands, with a good key, and answers the status and the code of the envelope. */
async function refusal(api: RunningApi, firstLine: string, hosts: readonly string[]): Promise<string> {
  const head = [firstLine, ...hosts, `Authorization: Bearer ${api.key}`, 'Connection: close'];
  const answer = await api.raw(`${head.join('\r\n')}\r\n\r\n`);
  const status = /^HTTP\/1\.1 (\d+) /.exec(answer)?.[1];
  const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { error?: { code: string } };
  return error ? `${status} ${error.code}` : `${status}`;
}

test.each([
  ['ours twice', ['Host: localhost', 'Host: localhost'], '400 BAD_REQUEST'],
  ['ours and another', ['Host: localhost', 'Host: evil.example'], '400 BAD_REQUEST'],
  ['another and ours', ['HOST: evil.example', 'host: localhost'], '400 BAD_REQUEST'],
  ['ours and an empty one', ['Host: localhost', 'Host:'], '400 BAD_REQUEST'],
  ['none', [], '400 BAD_REQUEST'],
  ['an empty one', ['Host:'], '403 FORBIDDEN'],
  ['a port alone', ['Host: :8026'], '403 FORBIDDEN'],
  ['ours among blanks', ['Host: \t localhost:8026 '], '200'],
])('a request with these hosts is answered: %s', async (_what, hosts, expected) => {
  const api = await startApi();
  expect(await refusal(api, 'GET /v1/sms HTTP/1.1', hosts)).toBe(expected);
});

test('what is malformed ends its connection', async () => {
  const api = await startApi();
  const twice = 'GET /v1/sms HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n';
  expect((await api.raw(twice + twice)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
});

test('HTTP/1.0 may leave out the host, and is then nobody’s', async () => {
  const api = await startApi();
  expect(await refusal(api, 'GET /v1/sms HTTP/1.0', [])).toBe('403 FORBIDDEN');
  expect(await refusal(api, 'GET http://localhost/v1/sms HTTP/1.0', [])).toBe('200');
});

describe('a whole address as the request target', () => {
  test.each([
    ['http://localhost/v1/sms', 'localhost', '200'],
    ['HTTP://LOCALHOST:8026/v1/sms?page=1', 'localhost:8026', '200'],
    ['https://postern.local/v1/sms', 'postern.local', '200'],
    ['http://[::1]:8026/v1/sms', '[::1]:8026', '200'],
    ['http://evil.example/v1/sms', 'localhost', '403 FORBIDDEN'],
    ['http://evil.example/v1/sms', 'evil.example', '403 FORBIDDEN'],
    ['http://evil.example:80/v1/sms', '127.0.0.1', '403 FORBIDDEN'],
    ['http://evil.example?/v1/sms', 'localhost', '403 FORBIDDEN'],
    ['https://localhost.evil.example/v1/sms', 'localhost', '403 FORBIDDEN'],
    ['http://localhost@evil.example/v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['http://evil.example@localhost/v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['http://localhost:x/v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['http:///v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['http://:8026/v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['ftp://localhost/v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['localhost/v1/sms', 'localhost', '400 BAD_REQUEST'],
    ['http://localhost/v1/sms', 'user@localhost', '400 BAD_REQUEST'],
    // RFC 9112, 3.2.2: the address in the target is the one that counts.
    ['http://localhost/v1/sms', 'evil.example', '200'],
  ])('%s with the host %s is answered %s', async (target, host, expected) => {
    const api = await startApi({ allowedHosts: ['postern.local'] });
    expect(await refusal(api, `GET ${target} HTTP/1.1`, [`Host: ${host}`])).toBe(expected);
  });

  test('does not replace the Host header that HTTP/1.1 wants', async () => {
    const api = await startApi();
    expect(await refusal(api, 'GET http://localhost/v1/sms HTTP/1.1', [])).toBe('400 BAD_REQUEST');
    const twice = ['Host: localhost', 'Host: localhost'];
    expect(await refusal(api, 'GET http://localhost/v1/sms HTTP/1.1', twice)).toBe('400 BAD_REQUEST');
  });

  test('is what the Origin of a session is compared with', async () => {
    const api = await startApi();
    const answer = await api.ask(await api.signInPath());
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
    const read = (host: string) =>
      api.raw(
        `GET ${api.url}/v1/sms HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://localhost:3000\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
      );
    expect(await read('localhost:3000')).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test('a path that begins with two slashes is a path', async () => {
  const api = await startApi();
  expect(await refusal(api, 'GET //localhost/v1/sms HTTP/1.1', ['Host: evil.example'])).toBe('403 FORBIDDEN');
  expect(await refusal(api, 'GET //evil.example/v1/sms HTTP/1.1', ['Host: localhost'])).toBe('404 NOT_FOUND');
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

const isAlone = leftOutUnless(
  outside !== undefined,
  'These tests need a network interface besides loopback.',
);

describe.skipIf(isAlone)('on a server that listens on all addresses', () => {
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
