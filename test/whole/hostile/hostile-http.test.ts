import { once } from 'node:events';
import { afterAll, describe, expect, test } from 'vitest';
import { answersIn, exchange, heard, openSocket } from './raw-client.ts';
import { ours } from './sending-gateway.ts';
import { close, host, json, Siege } from './siege.ts';
import { sqlWords } from './sql-requests.ts';

/** Nobody here dawdles, however slow the machine is. */
const siege = Siege.duringFile({ headers: 60, request: 120 });
const { authorized, smuggledRequest, statusesFor } = siege;

describe('a path', () => {
  afterAll(() => siege.office.sendsOn());

  test.each([
    ['/v1/../v1/sms', 404],
    ['/v1/./sms', 404],
    ['/../../../../etc/passwd', 404],
    ['/..%2f..%2f..%2fetc%2fpasswd', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/assets/..%5c..%5cpackage.json', 404],
    ['/assets/%00', 404],
    ['/index.html%00.js', 404],
    ['/v1%2fsms', 404],
    ['/v1/sms%2fsend', 404],
    ['/v1/sms/%00', 404],
    ['/v1/sms/..%2f..%2fkeys', 404],
    ['/v1/modems/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 404],
    ['/v1/sms;drop', 404],
    ['/v1/sms/%c0%ae%c0%ae', 404],
    ['/v1/sms/%F0%9F%98%80', 404],
    ['/v1/sms?number=%00', 200],
    ['/v1/sms?number=%ff%fe', 200],
    ['/v1/sms?page=1&page=2&page[]=3', 422],
    ['/v1/sms?__proto__[x]=1&constructor=1&toString=1', 200],
    [`/v1/sms?${'a=1&'.repeat(3_000)}`, 200],
    ['http://localhost/v1/sms', 200],
    ['http://evil.example/v1/sms', 403],
    ['http://localhost:99999999/v1/sms', 200],
    ['ftp://localhost/v1/sms', 400],
    ['//evil.example/v1/sms', 404],
    ['localhost/v1/sms', 400],
    ['*', 404],
    ['/v1/sms#fragment', 200],
  ])('%s is answered with %i', async (path, status) => {
    expect(await statusesFor(`GET ${path} HTTP/1.1\r\n${authorized()}${close}\r\n`)).toEqual([status]);
  });

  test.each([
    ['a NUL', '/v1/sms\0'],
    ['a NUL in the middle', '/v1/\0sms'],
    ['a line feed', '/v1/sms\nX: y'],
    ['a blank', '/v1/sms /more'],
    ['an escape', '/v1/\x1b[31msms'],
  ])('with %s as it is ends the connection', async (_, path) => {
    expect(await statusesFor(`GET ${path} HTTP/1.1\r\n${authorized()}${close}\r\n`)).toEqual([400]);
  });

  test('with octets beyond ASCII ends the connection', async () => {
    const first = Buffer.from('GET /v1/\xc3\xa9\xff HTTP/1.1\r\n', 'latin1');
    expect(await statusesFor(first, `${authorized()}${close}\r\n`)).toEqual([400]);
  });
});

describe('a request that two readers would read differently', () => {
  afterAll(() => siege.office.sendsOn());

  const chunkedHead = (encoding: string) =>
    `POST /v1/sms/send HTTP/1.1\r\n${authorized()}${json}${encoding}\r\n`;
  const cases: readonly [string, () => string][] = [
    ['two lengths', () => `${chunkedHead('Content-Length: 2\r\nContent-Length: 300\r\n')}{}`],
    ['two equal lengths', () => `${chunkedHead('Content-Length: 2\r\nContent-Length: 2\r\n')}{}`],
    ['a list of lengths', () => `${chunkedHead('Content-Length: 2, 2\r\n')}{}`],
    ['a length with a sign', () => `${chunkedHead('Content-Length: +2\r\n')}{}`],
    ['a negative length', () => `${chunkedHead('Content-Length: -2\r\n')}{}`],
    ['a length in hex', () => `${chunkedHead('Content-Length: 0x2\r\n')}{}`],
    ['a length without end', () => `${chunkedHead(`Content-Length: ${'9'.repeat(40)}\r\n`)}{}`],
    [
      'a length and chunks',
      () => `${chunkedHead('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n')}0\r\n\r\n`,
    ],
    [
      'chunks and a length',
      () => `${chunkedHead('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n')}0\r\n\r\n`,
    ],
    ['an encoding that is not known', () => `${chunkedHead('Transfer-Encoding: xchunked\r\n')}0\r\n\r\n`],
    ['chunks that are not last', () => `${chunkedHead('Transfer-Encoding: chunked, gzip\r\n')}0\r\n\r\n`],
    ['chunks after a tab', () => `${chunkedHead('Transfer-Encoding:\tchunked, identity\r\n')}0\r\n\r\n`],
    [
      'a blank before the colon',
      () => `${chunkedHead('Transfer-Encoding : chunked\r\nContent-Length: 2\r\n')}{}`,
    ],
    ['a folded header', () => `${chunkedHead('X: a\r\n Transfer-Encoding: chunked\r\n')}0\r\n\r\n`],
    ['a bare line feed', () => `${chunkedHead('Content-Length: 2\nTransfer-Encoding: chunked\r\n')}{}`],
    ['a chunk of no length', () => `${chunkedHead('Transfer-Encoding: chunked\r\n')}z\r\n{}\r\n0\r\n\r\n`],
    [
      'a chunk longer than any',
      () => `${chunkedHead('Transfer-Encoding: chunked\r\n')}${'f'.repeat(17)}\r\n{}`,
    ],
    [
      'a chunk shorter than its octets',
      () => `${chunkedHead('Transfer-Encoding: chunked\r\n')}1\r\n{}\r\n0\r\n\r\n`,
    ],
    ['two hosts', () => `GET /v1/sms HTTP/1.1\r\n${authorized()}${host}\r\n`],
    ['a host of another', () => `GET /v1/sms HTTP/1.1\r\n${authorized()}Host: evil.example\r\n\r\n`],
  ];

  test.each(cases)('%s: what stands behind it is not taken for a request', async (_, request) => {
    const statuses = await statusesFor(request(), smuggledRequest());
    expect(statuses).toEqual([400]);
  });

  test('extensions of chunks without end are refused', async () => {
    const endless = `${chunkedHead('Transfer-Encoding: chunked\r\n')}2;x=${'y'.repeat(40_000)}\r\n{}\r\n0\r\n\r\n`;
    expect(await statusesFor(endless)).toEqual([413]);
  });

  test('trailers are not headers', async () => {
    const body = '2\r\n{}\r\n0\r\nAuthorization: Bearer x\r\n\r\n';
    const request = `POST /v1/sms/send HTTP/1.1\r\n${host}${json}${close}Transfer-Encoding: chunked\r\n\r\n${body}`;
    expect(await statusesFor(request)).toEqual([401]);
  });
});

describe('a body', () => {
  afterAll(() => siege.office.sendsOn());

  const post = (headers: string, body: string | Buffer) => [
    `POST /v1/sms/send HTTP/1.1\r\n${authorized()}${close}${headers}Content-Length: ${body.length}\r\n\r\n`,
    body,
  ];

  test.each<[string, string, string | Buffer, number]>([
    ['of another type', 'Content-Type: text/xml\r\n', '<a/>', 415],
    ['of two types', 'Content-Type: application/json, text/xml\r\n', '{}', 415],
    ['of a form', 'Content-Type: application/x-www-form-urlencoded\r\n', 'a=b', 415],
    ['in latin1 by its header', 'Content-Type: application/json; charset=iso-8859-1\r\n', '{}', 415],
    ['in UTF-7', 'Content-Type: application/json; charset=utf-7\r\n', '{}', 415],
    ['that is packed', `${json}Content-Encoding: gzip\r\n`, Buffer.from('1f8b0800', 'hex'), 415],
    ['packed in two ways', `${json}Content-Encoding: gzip, br\r\n`, '{}', 415],
    ['in latin1 all the same', json, Buffer.from('{"body":"\xe9"}', 'latin1'), 400],
    ['in UTF-16', json, Buffer.from('\ufeff{}', 'utf16le'), 400],
    ['with half a character', json, Buffer.from('{"body":"\xf0\x9f\x98"}', 'latin1'), 400],
    ['with an overlong character', json, Buffer.from('{"body":"\xc0\xaf"}', 'latin1'), 400],
    ['with a NUL', json, '{"body":"\0"}', 400],
    ['nested without end', json, `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 422],
    ['of nothing but open brackets', json, '['.repeat(60_000), 400],
    ['with its prototype', json, '{"__proto__":{"from":"x"},"constructor":{"prototype":{}}}', 422],
    ['with a number beyond all numbers', json, `{"priority":${'9'.repeat(1_000)}}`, 422],
    ['that is somewhat too large', json, ' '.repeat(65 * 1024), 413],
    ['that is much too large', json, ' '.repeat(7 * 1024 * 1024), 413],
  ])('%s is refused', async (_, headers, body, status) => {
    expect(await statusesFor(...post(headers, body))).toEqual([status]);
  });
});

describe('headers', () => {
  afterAll(() => siege.office.sendsOn());

  test.each<[string, string, number]>([
    ['one that is too long', `X: ${'x'.repeat(20_000)}\r\n`, 431],
    ['too many of them', 'X: y\r\n'.repeat(5_000), 431],
    ['a name that is too long', `${'x'.repeat(20_000)}: y\r\n`, 431],
    ['as many as fit', 'a:\r\n'.repeat(500), 200],
    ['a line without a colon', 'nonsense\r\n', 400],
    ['a NUL in a value', 'X: a\0b\r\n', 400],
    ['octets beyond ASCII', 'X: \xff\xfe\r\n', 200],
    ['an X-Request-Id with a line end in it', 'X-Request-Id: a%0d%0aSet-Cookie: x\r\n', 200],
    ['an expectation', 'Expect: 200-maybe\r\n', 200],
    [
      'an upgrade to a web socket',
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n',
      200,
    ],
    [
      'an upgrade to HTTP/2',
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n',
      200,
    ],
    ['another method in a header', 'X-HTTP-Method-Override: DELETE\r\n', 200],
    ['another address in a header', 'X-Original-URL: /v1/keys\r\nX-Rewrite-URL: /v1/keys\r\n', 200],
    ['another host in a header', 'X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n', 200],
  ])('%s', async (_, headers, status) => {
    expect(await statusesFor(`GET /v1/sms HTTP/1.1\r\n${authorized()}${headers}${close}\r\n`)).toEqual([
      status,
    ]);
  });
});

describe('the protocol', () => {
  afterAll(() => siege.office.sendsOn());

  test.each<[string, string]>([
    ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/0.9', 'GET /v1/sms\r\n'],
    ['a later HTTP', 'GET /v1/sms HTTP/1.9\r\n\r\n'],
    ['another protocol', 'EHLO evil.example\r\n'],
    ['a method in small letters', 'get /v1/sms HTTP/1.1\r\n\r\n'],
    ['a method that nobody knows', 'FETCH /v1/sms HTTP/1.1\r\n\r\n'],
    ['nothing but line ends, and then nonsense', '\r\n\r\n\r\nnonsense\r\n\r\n'],
    ['octets by chance', Buffer.from([0x80, 0x01, 0xff, 0x00, 0x0a, 0x0d, 0x0a]).toString('latin1')],
  ])('%s is refused, and what follows is not read', async (_, octets) => {
    expect(await statusesFor(octets, smuggledRequest())).toEqual([400]);
  });

  test('HTTP/1.0 is answered, and its connection ends', async () => {
    expect(await statusesFor(`GET /v1/sms HTTP/1.0\r\n${authorized()}\r\n`, smuggledRequest())).toEqual([
      200,
    ]);
  });

  test('a client that waits for 100 Continue gets it, and one whose body is too large gets 413 instead', async () => {
    const head = `POST /v1/sms/preview HTTP/1.1\r\n${authorized()}${json}${close}Expect: 100-continue\r\n`;
    const body = JSON.stringify({ from: ours, body: 'x' });
    const all = await exchange(siege.office.port, `${head}Content-Length: ${body.length}\r\n\r\n`, body);
    expect(all).toMatch(/^HTTP\/1\.1 (?:100 Continue\r\n\r\nHTTP\/1\.1 )?2|422/);
    expect(await statusesFor(`${head}Content-Length: 999999999\r\n\r\n`)).toEqual([413]);
  });

  test('a client that has said all and closed its side still gets its answer', async () => {
    const socket = openSocket(siege.office.port);
    const all = heard(socket);
    socket.end(`GET /v1/sms HTTP/1.1\r\n${authorized()}\r\n`);
    expect(answersIn(await all).map(({ status }) => status)).toEqual([200]);
  });

  test('clients that vanish in the middle of whatever leave nothing behind', async () => {
    const whole = smuggledRequest('vanished');
    for (let octets = 1; octets < whole.length; octets += 7) {
      const socket = openSocket(siege.office.port);
      socket.write(whole.slice(0, octets), () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    const { body } = await siege.office.gateway.request('/v1/sms?q=vanished');
    expect(body).toMatchObject({ meta: { total: 0 } });
  });
});

describe('SQL', () => {
  afterAll(() => siege.office.sendsOn());

  test.each(['number', 'client_reference', 'q', 'after', 'status', 'direction'])(
    'widens no list by its parameter "%s"',
    async (name) => {
      for (const words of sqlWords) {
        const { status, body } = await siege.office.gateway.request(
          `/v1/sms?${new URLSearchParams({ [name]: words })}`,
        );
        if (status === 200) expect(body).toMatchObject({ data: [], meta: { total: 0 } });
        else expect(status).toBe(422);
      }
    },
  );
});

siege.endsWell();
