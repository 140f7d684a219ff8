import { describe, expect, test } from 'vitest';
import { errorEnvelope } from '../../src/contract/error.ts';
import { type Answer, startApi } from './running-api.ts';

function expectError(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
  expect(answer.headers['x-request-id']).toBeTruthy();
  expect(errorEnvelope.parse(answer.json)).toEqual(answer.json);
  expect(answer.json.error.code).toBe(code);
}

describe('a route that is not there', () => {
  test.each([
    '/v1',
    '/v1/',
    '/v1/nowhere',
    '/v1/sms/send/more',
    '/v1//sms',
    '/v1/SMS',
    '/V1/sms',
    '/v1/%2e%2e/etc/passwd',
    '/v1/%ff',
    '/v1/%',
    '/v2/sms',
    '/index.php',
    '//evil.example/v1/sms',
    `/v1/${'x'.repeat(8_000)}`,
  ])('%s is 404 in the envelope', async (path) => {
    const api = await startApi();
    expectError(await api.ask(path), 404, 'NOT_FOUND');
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'is 404 for %s too',
    async (method) => {
      const api = await startApi();
      expectError(await api.ask('/v1/nowhere', { method }), 404, 'NOT_FOUND');
      expectError(await api.ask('/nowhere', { method }), 404, 'NOT_FOUND');
    },
  );
});

describe('a wrong method', () => {
  test.each([
    ['GET', '/v1/sms/send', 'POST, OPTIONS'],
    ['HEAD', '/v1/sms/send', 'POST, OPTIONS'],
    ['PUT', '/v1/sms/send', 'POST, OPTIONS'],
    ['POST', '/v1/sms', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/v1/sms', 'GET, HEAD, OPTIONS'],
    ['TRACE', '/v1/sms', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/v1/modems', 'GET, HEAD, OPTIONS'],
    ['PUT', '/v1/session', 'GET, POST, DELETE, HEAD, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const api = await startApi();
    const answer = await api.ask(path, { method });
    expect(answer.headers.allow).toBe(allow);
    if (method === 'HEAD') expect([answer.status, answer.text]).toEqual([405, '']);
    else expectError(answer, 405, 'METHOD_NOT_ALLOWED');
  });

  test('OPTIONS tells the methods', async () => {
    const api = await startApi();
    const answer = await api.ask('/v1/sms', { method: 'OPTIONS' });
    expect([answer.status, answer.headers.allow, answer.text]).toEqual([204, 'GET, HEAD, OPTIONS', '']);
  });

  test('HEAD answers as GET does, without the body', async () => {
    const api = await startApi();
    const [head, get] = [await api.ask('/v1/sms', { method: 'HEAD' }), await api.ask('/v1/sms')];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
  });
});

describe('what is no HTTP', () => {
  const cases: readonly [string, string, number, string][] = [
    ['nonsense', 'nonsense\r\n\r\n', 400, 'BAD_REQUEST'],
    ['an AT command', 'AT+CMGS="+14155553000"\r', 400, 'BAD_REQUEST'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00', 400, 'BAD_REQUEST'],
    [
      'a wrong length',
      'POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
    [
      'two lengths',
      'POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
      'BAD_REQUEST',
    ],
    [
      'a length and chunks',
      'POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
    [
      'a header with a line end in it',
      'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n', 400, 'BAD_REQUEST'],
    ['HTTP 3 on a wire', 'GET / HTTP/3.0\r\nHost: localhost\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'very large headers',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'a very long address',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'a tunnel',
      'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n',
      405,
      'METHOD_NOT_ALLOWED',
    ],
  ];

  test.each(cases)('%s is refused in the envelope', async (_what, octets, status, code) => {
    const api = await startApi();
    const answer = await api.raw(octets);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/json\b/im);
    expect(head).toMatch(/^x-request-id: \S+/im);
    expect(errorEnvelope.parse(JSON.parse(body)).error.code).toBe(code);
  });

  test('behind a good request does not take that one’s answer', async () => {
    const api = await startApi();
    const text = JSON.stringify({ from: '+14155552671', to: '+14155553000', body: 'x' });
    const answer = await api.raw(
      `POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.key}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}nonsense\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    expect(answer).not.toContain('BAD_REQUEST');
  });

  test('still leaves the server to others', async () => {
    const api = await startApi();
    await Promise.all(Array.from({ length: 20 }, () => api.raw('\0\0\0\0\r\n\r\n')));
    expect((await api.ask('/v1/sms')).status).toBe(200);
  });
});

test('HTTP/1.0, many requests at once on one connection, and the whole address in the first line are understood', async () => {
  const api = await startApi();
  const head = `Host: localhost\r\nAuthorization: Bearer ${api.key}\r\n`;
  expect(await api.raw(`GET /v1/sms HTTP/1.0\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await api.raw(`GET http://localhost/v1/sms HTTP/1.1\r\n${head}Connection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 200 /,
  );
  const one = `GET /v1/sms HTTP/1.1\r\n${head}\r\n`;
  const answers = await api.raw(one.repeat(10), `GET /v1/sms HTTP/1.1\r\n${head}Connection: close\r\n\r\n`);
  expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(11);
});

test('OPTIONS * is 404 in the envelope', async () => {
  const api = await startApi();
  const answer = await api.raw('OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).toContain('"NOT_FOUND"');
});

test('something unforeseen is 500, tells nothing of its inside, and is not the end', async () => {
  const api = await startApi({
    modems: {
      views() {
        throw new Error('secret inside at /home/someone/file.ts');
      },
    },
  });
  const answer = await api.ask('/v1/modems');
  expectError(answer, 500, 'INTERNAL_ERROR');
  expect(answer.text).not.toMatch(/secret|file\.ts|stack/);
  expect((await api.ask('/v1/sms')).status).toBe(200);
});

describe('X-Request-Id', () => {
  test('is new for every answer', async () => {
    const api = await startApi();
    const ids = [await api.ask('/v1/sms'), await api.ask('/v1/sms'), await api.ask('/')].map(
      ({ headers }) => headers['x-request-id'],
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('is the caller’s own when it gave a plain one', async () => {
    const api = await startApi();
    const given = (id: string) => api.ask('/v1/sms', { headers: { 'x-request-id': id } });
    expect((await given('order-7.a:b_c')).headers['x-request-id']).toBe('order-7.a:b_c');
    for (const odd of ['a b', 'x'.repeat(129), '"quoted"']) {
      expect((await given(odd)).headers['x-request-id']).not.toBe(odd);
    }
  });
});
