import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { keysCommand } from '../../src/cli/keys.ts';
import { Database } from '../../src/store/database.ts';
import { SmppPasswordStore } from '../../src/store/smpp-password-store.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { RunningApi, startApi } from './running-api.ts';

const command = pathToFileURL(join(import.meta.dirname, '../../src/cli/keys.ts')).href;
const script = `import { keysCommand } from '${command}'; await keysCommand().parseAsync(process.argv.slice(1), { from: 'user' });`;

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs `keys ...` in a process of its own, as a person does while the gateway serves. */
function keysElsewhere(dataDir: string, ...words: string[]): Promise<Output> {
  const settings = ['--input-type=module', '-e', script, '--'];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...settings, ...words],
      { env: { ...process.env, POSTERN_DATA_DIR: dataDir } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** Runs `keys ...` in this process, which is there already; what it printed, and the status it would end with. */
async function keys(dataDir: string, ...words: string[]): Promise<Output> {
  vi.stubEnv('POSTERN_DATA_DIR', dataDir);
  let stdout = '';
  let stderr = '';
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  const root = keysCommand();
  for (const each of [root, ...root.commands]) {
    each.exitOverride().configureOutput({ writeErr: (text) => (stderr += text) });
  }
  try {
    await root.parseAsync(words, { from: 'user' });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof Error && 'exitCode' in error)) throw error;
    return { code: Number(error.exitCode), stdout, stderr };
  } finally {
    written.mockRestore();
  }
}

function dataDirOf(api: RunningApi): string {
  return join(api.database.file, '..');
}

describe('keys', () => {
  test('made by another process are good at once, and once revoked at once no longer', async () => {
    const api = await startApi();
    const made = await keysElsewhere(dataDirOf(api), 'create', '--name', 'Till');
    expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^ak_[0-9A-Za-z]{40}\n$/), stderr: '' });
    const headers = { authorization: `Bearer ${made.stdout.trim()}` };
    const who = await api.ask('/v1/session', { headers });
    expect(who.json.data).toMatchObject({ name: 'Till', scopes: ['sms:send', 'sms:read'] });
    const revoked = await keysElsewhere(dataDirOf(api), 'revoke', who.json.data.id);
    expect(revoked).toMatchObject({ code: 0, stderr: '' });
    expect((await api.ask('/v1/sms', { headers })).json.error.code).toBe('INVALID_API_KEY');
  });

  test('get a password of eight characters for SMPP clients, which is written down for the audit', async () => {
    const api = await startApi();
    const { id } = api.keys.create({ name: 'kannel', scopes: ['sms:send'] });
    const made = await keysElsewhere(dataDirOf(api), 'smpp-password', id);
    expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^[0-9A-Za-z]{8}\n$/), stderr: '' });
    const passwords = new SmppPasswordStore(api.database);
    expect(await passwords.fits(id, made.stdout.trim())).toBe(true);
    expect(await passwords.fits(id, 'wrong-pw')).toBe(false);
    const { total } = api.database
      .prepare<[string], { total: number }>('SELECT count(*) AS total FROM audit WHERE target = ?')
      .get(`smpp ${id}`) as { total: number };
    expect(total).toBe(1);
  });

  test('are made with the scopes that are named, in a folder that is made with them', async () => {
    const dataDir = join(temporaryFolder(), 'new', 'folder');
    const made = await keys(
      '/nowhere',
      'create',
      '--name',
      'x',
      '--scope',
      'admin, webhooks',
      '--data-dir',
      dataDir,
    );
    expect(made.code).toBe(0);
    const listed = await keys(dataDir, 'list');
    expect(listed.stdout).toContain('admin,webhooks');
    expect(listed.stdout).not.toContain(made.stdout.trim());
    expect(listed.stdout).toContain(made.stdout.slice(0, 9));
    Database.open(join(dataDir, 'postern.db')).close();
  });

  test('are made for a time, for addresses and for so many requests', async () => {
    const api = await startApi();
    const flags = [
      '--expires',
      '90d',
      '--allow-from',
      '127.0.0.1, 10.0.0.0/8',
      '--requests-per-minute',
      '600',
    ];
    await keys(dataDirOf(api), 'create', '--name', 'Till', ...flags);
    const [, made] = api.keys.list();
    const days = (Date.parse(made?.expires_at ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    expect(made).toMatchObject({ allowed_addresses: ['127.0.0.1', '10.0.0.0/8'], requests_per_minute: 600 });
    const { stdout } = await keys(dataDirOf(api), 'list');
    expect(stdout).toMatch(/ valid until \S+, from 127\.0\.0\.1,10\.0\.0\.0\/8, 600 a minute$/m);
    const [entry] = api.audit.page({ page: 1, per_page: 1 }).data;
    expect(entry).toMatchObject({ action: 'key.create', target: made?.id, actor: { kind: 'command_line' } });
  });

  test('are listed in columns, with what became of them', async () => {
    const api = await new RunningApi().start();
    await api.ask('/v1/sms');
    await api.server.stop();
    api.keys.stop();
    const { id } = api.keys.create({ name: 'Old \u001b[31mone', scopes: ['webhooks'] });
    api.keys.revoke(id);
    const { stdout } = await keys(dataDirOf(api), 'list');
    const [title, first, second] = stdout.split('\n');
    expect(title).toMatch(/^ID +NAME +KEY +SCOPES +CREATED +LAST USED +REQUESTS +STATE$/);
    expect(first).toMatch(/^\w{12} +test +ak_\w{6}… +sms:send,sms:read +2026\S+ +2026\S+ +1 +valid$/);
    expect(second).toMatch(
      /^\w{12} +Old .\[31mone +ak_\w{6}… +webhooks +2026\S+ +never +0 +revoked 2026\S+$/,
    );
    expect(stdout).not.toContain('\u001b');
  });

  test('where there are none, how to make one is said', async () => {
    expect((await keys(temporaryFolder(), 'list')).stdout).toContain('keys create');
  });

  test.each([
    ['a name is missing', ['create'], /--name/],
    ['a name is empty', ['create', '--name', '  '], /--name must not be empty/],
    [
      'a scope is unknown',
      ['create', '--name', 'x', '--scope', 'sms:send,all'],
      /--scope takes sms:send, sms:read/,
    ],
    ['a scope is empty', ['create', '--name', 'x', '--scope', ''], /--scope takes/],
    [
      'its time is over',
      ['create', '--name', 'x', '--expires', '2020-01-01T00:00:00Z'],
      /--expires must be in/,
    ],
    ['its time is none', ['create', '--name', 'x', '--expires', 'soon'], /--expires must be a time/],
    [
      'an address is none',
      ['create', '--name', 'x', '--allow-from', 'home'],
      /--allow-from must be an address/,
    ],
    [
      'its limit is none',
      ['create', '--name', 'x', '--requests-per-minute', 'x'],
      /--requests-per-minute must/,
    ],
    ['there is no such key', ['revoke', 'nobody'], /There is no key nobody/],
    ['no key is named', ['revoke'], /missing required argument/],
    ['the folder cannot be', ['list', '--data-dir', '/dev/null/x'], /cannot write \/dev\/null\/x/],
  ])('when %s a sentence says so', async (_what, words, expected) => {
    const { code, stdout, stderr } = await keys(temporaryFolder(), ...words);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test('cannot be revoked twice', async () => {
    const api = await startApi();
    const id = api.keys.list()[0]?.id ?? '';
    await keys(dataDirOf(api), 'revoke', id);
    expect(await keys(dataDirOf(api), 'revoke', id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('was revoked before'),
    });
  });
});
