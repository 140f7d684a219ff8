import { once } from 'node:events';
import { Agent, type RequestOptions, request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { selfMadeIdentity } from '../../src/tls/self-made-certificate.ts';
import type { TlsIdentity } from '../../src/tls/tls-identity.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { type RunningApi, startApi } from './running-api.ts';

interface Secured {
  readonly api: RunningApi;
  readonly tls: TlsIdentity;
}

async function startSecured(): Promise<Secured> {
  const tls = await selfMadeIdentity(temporaryFolder(), ['localhost', '127.0.0.1'], new ManualClock());
  return { api: await startApi({ tls }), tls };
}

/** Asks as a client that trusts this certificate and no other. */
async function ask({ api, tls }: Secured, path: string, options: RequestOptions = {}) {
  const sent = request(`${api.url}${path}`, { ca: tls.cert, agent: false, ...options });
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

/** A connection that has done its handshake. */
async function shakenHands({ api, tls }: Secured): Promise<TLSSocket> {
  const socket = connectTls({ port: api.port, host: '127.0.0.1', ca: tls.cert });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

function openSocket(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

describe('over TLS', () => {
  test('a client that trusts the certificate is answered, and one that does not is not', async () => {
    const secured = await startSecured();
    expect(secured.api.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const answer = await ask(secured, '/v1/sms', { headers: { authorization: `Bearer ${secured.api.key}` } });
    expect([answer.status, JSON.parse(answer.text).success]).toEqual([200, true]);
    await expect(ask(secured, '/healthz', { ca: [] })).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    await expect(ask(secured, '/healthz', { servername: 'till.local' })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('nothing older than TLS 1.2 is spoken', async () => {
    const secured = await startSecured();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(ask(secured, '/healthz', old)).rejects.toThrow();
    expect((await ask(secured, '/healthz', { maxVersion: 'TLSv1.2' })).status).toBe(200);
  });

  test('the one-time link works once, and its cookie goes back over HTTPS only', async () => {
    const secured = await startSecured();
    const link = `/session?token=${secured.api.sessions.issueLink()}`;
    const opened = await ask(secured, link);
    expect([opened.status, opened.headers.location]).toEqual([303, '/']);
    const [cookie = ''] = opened.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^postern_session_\d+=\S+; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+; Secure$/,
    );
    const signedIn = await ask(secured, '/v1/session', { headers: { cookie: cookie.split(';')[0] } });
    expect(signedIn.status).toBe(200);
    expect((await ask(secured, link)).status).toBe(403);
  });

  test('plain HTTP, and what is no TLS at all, is cut off', async () => {
    const secured = await startSecured();
    for (const words of [
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'SSH-2.0-OpenSSH\r\n',
      '\0\0\0\x10',
    ]) {
      const socket = openSocket(secured.api.port);
      socket.end(words);
      expect(await text(socket).catch(() => '')).not.toContain('HTTP/1.1 200');
    }
    expect((await ask(secured, '/healthz')).status).toBe(200);
  });

  test('what cannot be read as HTTP is answered in the envelope, and the connection ends', async () => {
    const socket = await shakenHands(await startSecured());
    socket.write('NONSENSE\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"BAD_REQUEST"/);
  });
});

test('TLS to a port that speaks plain HTTP fails for that client alone', async () => {
  const api = await startApi();
  const socket = connectTls({ port: api.port, host: '127.0.0.1', rejectUnauthorized: false });
  const [error] = await once(socket, 'error');
  expect(error).toBeInstanceOf(Error);
  expect((await api.ask('/healthz')).status).toBe(200);
});

describe('stopping', () => {
  test('does not wait for connections that are kept open behind an answer', async () => {
    const secured = await startSecured();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    expect((await ask(secured, '/healthz', { agent })).status).toBe(200);
    await secured.api.server.stop(); // no hand of the clock is turned
    await expect(ask(secured, '/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  test.each<[string, (secured: Secured) => Promise<Socket>]>([
    [
      'has said nothing, not even for a handshake',
      async ({ api }) => {
        const socket = openSocket(api.port);
        await once(socket, 'connect');
        return socket;
      },
    ],
    [
      'is in the middle of its handshake',
      async ({ api }) => {
        const socket = openSocket(api.port);
        socket.write(Buffer.from('16030100ff010000fb0303', 'hex'));
        await once(socket, 'connect');
        return socket;
      },
    ],
    ['has asked for nothing yet', shakenHands],
    [
      'is in the middle of a request',
      async (secured) => {
        const socket = await shakenHands(secured);
        socket.write('POST /v1/sms/send HTTP/1.1\r\nHost: localhost\r\nContent-Le');
        return socket;
      },
    ],
  ])('cuts off after four seconds who %s', async (_, open) => {
    const secured = await startSecured();
    const socket = await open(secured);
    await ask(secured, '/healthz'); // the connection before this one has been taken by now
    socket.resume();
    const stopped = secured.api.server.stop();
    await secured.api.clock.advance(4_000);
    await stopped;
    if (!socket.closed) await once(socket, 'close');
  });

  test('ends event streams in order', async () => {
    const secured = await startSecured();
    const sent = request(`${secured.api.url}/v1/events`, {
      ca: secured.tls.cert,
      agent: false,
      headers: { authorization: `Bearer ${secured.api.key}` },
    });
    sent.end();
    const [response] = await once(sent, 'response');
    const all = text(response);
    await secured.api.server.stop();
    expect(await all).not.toBe('');
  });
});
