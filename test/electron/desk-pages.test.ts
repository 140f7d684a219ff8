import { describe, expect, it } from 'vitest';
import type { BackendState } from '../../electron/backend-process.ts';
import { type Desk, DeskPages } from '../../electron/desk-pages.ts';
import type { DesktopChange } from '../../electron/desktop-settings.ts';

const address = (path: string) => `postern-desktop://app${path}`;

/** The pages over a desk that writes down what is done at it. */
function pages(state: BackendState = { kind: 'running' }) {
  const done: unknown[] = [];
  const desk: Desk = {
    state,
    settings: { startAtLogin: false, keepRunning: true, notifications: false, toldOfTray: true, port: 8_100 },
    version: '1.0.0',
    dataDir: '/data/<b>',
    restart: () => done.push('restart'),
    save: (change: DesktopChange) => {
      done.push(change);
      return 'Saved.';
    },
    chooseFolder: async () => `${done.push('choose')} chosen`,
    usualFolder: () => `${done.push('usual')} usual`,
    handOver: async () => `${done.push('hand over')} handed`,
    forgetSecrets: () => `${done.push('forget')} forgotten`,
    update: async () => `${done.push('update')} updated`,
  };
  const shown = new DeskPages(desk);
  const get = async (path: string) => (await shown.answer(new Request(address(path)))).text();
  const token = async () => /name="token" value="(\w+)"/.exec(await get('/settings'))?.[1] ?? '';
  const post = async (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams(fields).toString();
    return shown.answer(new Request(address(path), { method: 'POST', body }));
  };
  return { shown, done, get, post, token };
}

describe('the page of a gateway that is down', () => {
  it('says why, when it is tried again, how often that was, and starts it at once', async () => {
    const state = {
      kind: 'waiting',
      reason: 'The port <8026> is in use.',
      retryInMs: 4_000,
      crashes: 3,
    } as const;
    const { get, post, token, done } = pages(state);
    const page = await get('/status');
    expect(page).toContain('The port &#60;8026&#62; is in use.');
    expect(page).toContain('started again 4 seconds after it ended. This was the 3rd time');
    await post('/restart', { token: await token() });
    expect(done).toEqual(['restart']);
  });

  it('offers to forget secrets only where they are what is wrong', async () => {
    const state = { kind: 'waiting', reason: 'x', retryInMs: 1_000, crashes: 1 } as const;
    expect(await pages(state).get('/status')).not.toContain('/forget-secrets');
    const sealed = { ...state, reason: 'The secrets in /data were sealed on another machine' };
    expect(await pages(sealed).get('/status')).toContain('/forget-secrets');
  });

  it.each([
    ['starting', 'Postern is starting'],
    ['running', 'Postern is running'],
    ['stopping', 'Postern is stopping'],
  ] as const)('says so while it is %s', async (kind, words) => {
    expect(await pages({ kind }).get('/status')).toContain(`<h1>${words}</h1>`);
  });
});

describe('the settings of the desktop', () => {
  it('show what holds, with nothing in them that could run', async () => {
    const { get, shown } = pages();
    const page = await get('/settings');
    expect(page).toContain('value="8100"');
    expect(page).toMatch(/name="keep_running" checked/);
    expect(page).not.toMatch(/name="notifications" checked/);
    expect(page).toContain('/data/&#60;b&#62;');
    expect(page).not.toContain('<script');
    const { headers } = await shown.answer(new Request(address('/settings')));
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('are saved by a form', async () => {
    const { post, token, done } = pages();
    const answer = await post('/save', { token: await token(), port: ' 8200 ', start_at_login: 'on' });
    expect(await answer.text()).toContain('Saved.');
    expect(done).toEqual([{ port: 8_200, startAtLogin: true, keepRunning: false, notifications: false }]);
    await post('/save', { token: await token(), port: '' });
    expect(done.at(-1)).toMatchObject({ port: undefined });
  });

  it.each(['0', '65536', '80a', '-1', '1.5'])('refuse the port %s, and say what one is', async (port) => {
    const { post, token, done } = pages();
    expect(await (await post('/save', { token: await token(), port })).text()).toContain('from 1 to 65535');
    expect(done).toEqual([]);
  });

  it.each([
    ['/choose-folder', 'choose'],
    ['/usual-folder', 'usual'],
    ['/hand-over', 'hand over'],
    ['/update', 'update'],
    ['/forget-secrets', 'forget'],
  ])('%s does it', async (path, what) => {
    const { post, token, done } = pages();
    expect((await post(path, { token: await token() })).status).toBe(200);
    expect(done).toEqual([what]);
  });
});

describe('a request that is none of these', () => {
  it.each(['/save', '/update', '/restart'])(
    'does nothing without the token of this run: %s',
    async (path) => {
      const { post, done } = pages();
      expect((await post(path, { token: 'guess' })).status).toBe(403);
      expect((await post(path, {})).status).toBe(403);
      expect(done).toEqual([]);
    },
  );

  it('gets an answer that says so', async () => {
    const { shown, post, token } = pages();
    expect((await shown.answer(new Request(address('/../etc/passwd')))).status).toBe(404);
    expect((await shown.answer(new Request('postern-desktop://other/settings'))).status).toBe(404);
    expect((await shown.answer(new Request(address('/settings'), { method: 'PUT' }))).status).toBe(405);
    expect((await post('/other', { token: await token() })).status).toBe(404);
    expect((await post('/save', { token: 'x'.repeat(20_000) })).status).toBe(413);
  });
});
