import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commandHere, tryCommandHere } from './command-here.ts';
import { command, RunningGateway, removeDataDir, temporaryDataDir, tryCommand } from './running-gateway.ts';

let dataDir: string;
const running: RunningGateway[] = [];

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});

afterEach(async () => {
  for (const gateway of running.splice(0)) await gateway.stop();
  await removeDataDir(dataDir);
});

async function serve(flags: string[] = [], env: Record<string, string> = {}): Promise<RunningGateway> {
  const gateway = await RunningGateway.start(flags, { dataDir, env });
  running.push(gateway);
  return gateway;
}

describe('serve', () => {
  test('a signal ends it in order with status 0, and a repeated one does not shorten that', async () => {
    const gateway = await serve(['--emulate', '1']);
    await gateway.online('+15550100001');
    const id = await gateway.send('+15550100001', '+15550177001', 'in flight');
    await gateway.until(
      'the text to be in flight',
      async () => (await gateway.message(id)).status === 'dispatched',
    );
    gateway.process.kill('SIGINT');
    gateway.process.kill('SIGINT');
    expect(await gateway.stop('SIGINT')).toBe(0);
    const next = await serve();
    expect(['sent', 'delivered', 'queued', 'dispatched']).toContain((await next.message(id)).status);
    expect(await next.stop('SIGTERM')).toBe(0);
  });

  test('nothing that a kill leaves behind keeps the next start out', async () => {
    const first = await serve();
    await first.kill();
    const second = await serve();
    expect((await second.request('/v1/sms')).status).toBe(200);
  });

  test('variables and a file set what flags set', async () => {
    const config = join(dataDir, 'config.json');
    await writeFile(
      config,
      JSON.stringify({ modems: [{ path: join(dataDir, 'none'), number: '+15550100009' }] }),
    );
    const gateway = await serve(['--config', config], { POSTERN_EMULATE: '1' });
    await gateway.online('+15550100001');
    expect((await gateway.numbers()).map(({ number }) => number)).toContain('+15550100009');
  });

  test('a flag that is wrong is refused in a sentence that names it', async () => {
    const flags = ['--port', '70000'];
    const { status, stderr } = await tryCommandHere(['serve', '--data-dir', dataDir, ...flags]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/--port/);
    expect(stderr).not.toContain('    at ');
  });
});

describe('beside a running gateway', () => {
  const ours = '+15550100001';
  let servedDir: string;
  let gateway: RunningGateway;

  beforeAll(async () => {
    servedDir = await temporaryDataDir();
    gateway = await RunningGateway.start(['--emulate', '1'], { dataDir: join(servedDir, 'deeper') });
    await gateway.online(ours);
  });

  afterAll(async () => {
    await gateway?.stop();
    await removeDataDir(servedDir);
  });

  test('only its user can read the data directory', async () => {
    expect((await stat(gateway.dataDir)).mode & 0o777).toBe(0o700);
    for (const file of ['postern.db', 'secret.key', 'gateway.json']) {
      expect((await stat(join(gateway.dataDir, file))).mode & 0o777).toBe(0o600);
    }
  });

  test('a second one on the same data directory is refused with a sentence', async () => {
    const second = await tryCommand(['serve', '--data-dir', gateway.dataDir, '--port', '0']);
    expect(second.status).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toMatch(/Another Postern is using .*Stop it first/);
  });

  test('a port that is taken is told in a sentence', async () => {
    const { port } = new URL(gateway.url);
    const second = await tryCommand(['serve', '--data-dir', dataDir, '--port', port, '--no-discovery']);
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/port/i);
    expect(second.stderr).not.toContain('    at ');
  });

  test('a link that signs one browser in is made whenever it is wanted', async () => {
    const link = await commandHere(['sign-in', '--role', 'reader', '--data-dir', gateway.dataDir]);
    expect(link.startsWith(`${gateway.url}/session?token=`)).toBe(true);
    const opened = await fetch(link, { redirect: 'manual' });
    expect([opened.status, opened.headers.getSetCookie().length]).toEqual([303, 1]);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(403);
  });

  test('keys are made, listed and revoked, at once', async () => {
    const key = await command(['keys', 'create', '--name', 'till', '--data-dir', gateway.dataDir]);
    expect(key).toMatch(/^ak_[A-Za-z0-9]{32,}$/);
    const ask = () => fetch(`${gateway.url}/v1/sms`, { headers: { Authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);
    const listed = await commandHere(['keys', 'list', '--data-dir', gateway.dataDir]);
    const id =
      listed
        .split('\n')
        .find((line) => line.includes('till'))
        ?.split(/\s+/)[0] ?? '';
    await commandHere(['keys', 'revoke', id, '--data-dir', gateway.dataDir]);
    expect((await ask()).status).toBe(401);
  });

  test('a SIM gets its label, and a wrong number is refused', async () => {
    const listed = await commandHere(['sims', 'list', '--data-dir', gateway.dataDir]);
    const iccid = /\b89\d{16,17}\b/.exec(listed)?.[0] ?? '';
    expect(listed).toContain(ours);
    const refused = await tryCommandHere([
      'sims',
      'set',
      iccid,
      '--number',
      '12',
      '--data-dir',
      gateway.dataDir,
    ]);
    expect(refused.stderr).toMatch(/--number must be an international number/);
    await commandHere(['sims', 'set', iccid, '--label', 'Front desk', '--data-dir', gateway.dataDir]);
    const wrong = await tryCommandHere(['sims', 'set', iccid, '--smsc', '12', '--data-dir', gateway.dataDir]);
    expect(wrong.stderr).toMatch(/--smsc must be an international number/);
    await commandHere(['sims', 'set', iccid, '--smsc', '+15559998888', '--data-dir', gateway.dataDir]);
    await gateway.until('the label', async () => (await gateway.modems())[0]?.label === 'Front desk');
  });

  test('send hands a text to it', async () => {
    const words = ['send', '--from', ours, '--to', '+15550177001', '--body', 'hi'];
    const answer = await command([...words, '--data-dir', gateway.dataDir]);
    const [id = '', status] = answer.split(' ');
    expect(status).toBe('dispatched');
    await gateway.reaches(id, 'delivered');
  });
});

test('send says so when nothing serves', async () => {
  const words = ['send', '--from', '+15550100001', '--to', '+15550177001', '--body', 'hi'];
  const { status, stderr } = await tryCommandHere([...words, '--data-dir', dataDir]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/No gateway serves from/);
});
