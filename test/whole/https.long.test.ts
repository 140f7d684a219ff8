import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, type RequestOptions, request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodePdu, encodePdu } from '../../src/smpp/pdu.ts';
import { tryCommandHere } from './command-here.ts';
import { RunningGateway, removeDataDir, temporaryDataDir, tryCommand } from './running-gateway.ts';

const dayMs = 24 * 3_600_000;

let dataDir: string;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});

afterEach(async () => {
  await gateway?.kill();
  gateway = undefined;
  await removeDataDir(dataDir);
});

async function serve(...flags: string[]): Promise<RunningGateway> {
  gateway = await RunningGateway.start(flags, { dataDir });
  return gateway;
}

/** A certificate as an authority of one's own makes it, for names from a day to another; its two files. */
async function givenCertificate(from: number, to: number): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: 'commonName', value: 'sms.example' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(to),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'sms.example' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const files = { cert: join(dataDir, 'given.crt'), key: join(dataDir, 'given.key') };
  writeFileSync(files.cert, made.cert);
  writeFileSync(files.key, made.private);
  return files;
}

/** What it has told on standard error by the time that it says how to sign in. */
async function told(running: RunningGateway): Promise<string> {
  await running.until('the link', () => running.log.includes('Sign in: '));
  return running.log;
}

async function ask(url: string, certFile: string, options: RequestOptions = {}) {
  const sent = request(url, { ca: readFileSync(certFile), agent: false, ...options });
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

test('--https serves with a certificate made for this machine, which the command line trusts by itself', async () => {
  const running = await serve('--https', '--allow-host', 'till.local');
  const certFile = join(dataDir, 'tls', 'postern.crt');
  expect((await ask(`${running.url}/healthz`, certFile)).status).toBe(200);
  const named = { servername: 'till.local', headers: { host: 'till.local' } };
  expect((await ask(`${running.url}/readyz`, certFile, named)).status).toBe(200);
  expect(await told(running)).toContain(
    `SHA-256 ${new X509Certificate(readFileSync(certFile)).fingerprint256}`,
  );

  const link = /Sign in: (https:\S+)/.exec(await told(running))?.[1] ?? '';
  const opened = await ask(link, certFile);
  expect(opened.status).toBe(303);
  expect(opened.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  expect((await ask(link, certFile)).status).toBe(403);

  const another = await tryCommand(['sign-in', '--data-dir', dataDir]);
  expect(another).toMatchObject({ status: 0, stdout: expect.stringMatching(/^https:/) });
  expect((await ask(another.stdout.trim(), certFile)).status).toBe(303);
});

test('--https-cert and --https-key serve a certificate that one has', async () => {
  const { cert, key } = await givenCertificate(Date.now() - dayMs, Date.now() + 90 * dayMs);
  const running = await serve('--https-cert', cert, '--https-key', key);
  expect((await ask(`${running.url}/healthz`, cert)).status).toBe(200);
  expect(await told(running)).not.toContain('The certificate');
  expect((await tryCommandHere(['modems', '--data-dir', dataDir])).status).toBe(0);
});

test('a certificate that has ended is served, and told of', async () => {
  const { cert, key } = await givenCertificate(Date.now() - 90 * dayMs, Date.now() - dayMs);
  const running = await serve('--https-cert', cert, '--https-key', key);
  expect(await told(running)).toMatch(/The certificate has ended on \d{4}-\d\d-\d\d: clients refuse it\./);
  await expect(ask(`${running.url}/healthz`, cert)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
});

test('files that cannot be served with end the start with a sentence', async () => {
  const { cert, key } = await givenCertificate(Date.now() - dayMs, Date.now() + dayMs);
  const start = (...flags: string[]) =>
    tryCommandHere(['serve', '--data-dir', dataDir, '--port', '0', '--no-discovery', ...flags]);
  const missing = await start('--https-cert', cert, '--https-key', join(dataDir, 'none.key'));
  expect(missing).toEqual({
    status: 1,
    stdout: '',
    stderr: `error: ${join(dataDir, 'none.key')} cannot be read: there is no such file.\n`,
  });
  const swapped = await start('--https-cert', key, '--https-key', cert);
  expect([swapped.status, swapped.stderr]).toEqual([
    1,
    expect.stringMatching(/^error: \S+ holds no certificate in PEM/),
  ]);
  const alone = await start('--https-cert', cert);
  expect([alone.status, alone.stderr]).toEqual([1, expect.stringContaining('A certificate needs its key')]);
});

test('--smpp-tls lets SMPP clients connect over TLS with the same certificate, while HTTP stays plain', async () => {
  const running = await serve('--smpp-port', '0', '--smpp-tls');
  expect(running.url).toMatch(/^http:/);
  const { gates } = JSON.parse(readFileSync(join(dataDir, 'gateway.json'), 'utf8'));
  const ca = readFileSync(join(dataDir, 'tls', 'postern.crt'));
  const client = connectTls({ port: gates.smpp, host: '127.0.0.1', ca });
  await once(client, 'secureConnect');
  client.write(encodePdu('enquire_link', { sequence_number: 7 }));
  const [answer] = await once(client, 'data');
  expect(decodePdu(answer)).toMatchObject({ command: 'enquire_link_resp', sequence_number: 7 });
  client.destroy();
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
});

test('it stops in order whatever connections are open', async () => {
  const running = await serve('--https');
  const certFile = join(dataDir, 'tls', 'postern.crt');
  const port = Number(new URL(running.url).port);
  const silent = connect(port, '127.0.0.1').on('error', () => {});
  const greeted = connectTls({ port, host: '127.0.0.1', ca: readFileSync(certFile) }).on('error', () => {});
  await Promise.all([once(silent, 'connect'), once(greeted, 'secureConnect')]);
  const agent = new Agent({ keepAlive: true });
  await ask(`${running.url}/healthz`, certFile, { agent });
  expect(await running.stop()).toBe(0);
  for (const open of [silent, greeted, agent]) open.destroy();
});
