import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askGateway } from './app-api.ts';
import { DesktopApp, type DesktopOptions, newHome } from './desktop-app.ts';

let home: string;
let forget: () => void;
let started: DesktopApp[];

beforeEach(() => {
  ({ home, forget } = newHome());
  started = [];
});

afterEach(async () => {
  for (const app of started) app.kill();
  await Promise.all(started.map(({ ended }) => ended));
  forget();
});

function start(options: Omit<DesktopOptions, 'home'> = {}): DesktopApp {
  const app = new DesktopApp({ home, ...options });
  started.push(app);
  return app;
}

describe('the desktop app', () => {
  it('shows the pages of its gateway, signed in by a link that is good once', async () => {
    const app = start();
    const origin = await app.showsGateway();
    const link = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return {
        page: window?.webContents.page,
        visible: window?.isVisible(),
        options: window?.options.webPreferences,
      };
    });
    expect(link.page?.url).toBe(`${origin}/`);
    expect(link.page?.headers['content-security-policy']).toContain("default-src 'self'");
    expect(link.visible).toBe(true);
    expect(link.options).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    });
    expect(await app.evaluate(({ app: itself }) => itself.sandboxed)).toBe(true);
    expect(await app.quit()).toBe(0);
  });

  it('finishes the exchange in hand and closes the database before it ends', async () => {
    const app = start({ env: { POSTERN_EMULATE: '1' } });
    const origin = await app.showsGateway();
    await expect
      .poll(() => askGateway(home, origin, '/v1/numbers'), { timeout: 60_000 })
      .toMatchObject([{ online: true }]);
    const from = ((await askGateway(home, origin, '/v1/numbers')) as { number: string }[])[0]?.number;
    const text = JSON.stringify({ from, to: '+15550100099', body: 'The last one' });
    const { message_id } = (await askGateway(home, origin, '/v1/sms/send', {
      method: 'POST',
      body: text,
    })) as {
      message_id: string;
    };
    await expect
      .poll(() => askGateway(home, origin, `/v1/sms/${message_id}`), { timeout: 60_000, interval: 5 })
      .toMatchObject({ status: expect.stringMatching(/dispatched|sent|delivered/) });
    expect(await app.quit()).toBe(0);
    expect(existsSync(join(home, 'data/postern.db'))).toBe(true);
    expect(existsSync(join(home, 'data/postern.db-wal'))).toBe(false);

    const again = start();
    const origin2 = await again.showsGateway();
    expect(await askGateway(home, origin2, `/v1/sms/${message_id}`)).toMatchObject({
      status: expect.stringMatching(/queued|sent|delivered/),
      failure_reason: null,
    });
  });
});

/** They leave the app as it was, so that one serves them all. */
describe('the desktop app that runs', () => {
  let ownHome: ReturnType<typeof newHome>;
  let app: DesktopApp;
  let origin: string;

  beforeAll(async () => {
    ownHome = newHome();
    app = new DesktopApp({ home: ownHome.home });
    origin = await app.showsGateway();
  });

  afterAll(async () => {
    app?.kill();
    await app?.ended;
    ownHome?.forget();
  });

  it('stays one: a second start ends, and brings the first to the front', async () => {
    const pages = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
      );
    const before = await pages();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const second = new DesktopApp({
      home: ownHome.home,
      args: ['postern://send?to=+15550100099', '--inspect', 'file:///etc/passwd'],
    });
    expect(await second.ended).toBe(0);
    await app.until(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused());
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(
      false,
    );
    expect(await pages()).toEqual(before);
    expect(await app.evaluate(({ shell }) => shell.openedOutside)).not.toContain('file:///etc/passwd');
  });

  it('stays where it is when a second start asks for no window, as one at login does', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const second = new DesktopApp({ home: ownHome.home, args: ['--hidden'] });
    expect(await second.ended).toBe(0);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(
      true,
    );
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore());
  });

  it('opens no address that the system hands it', async () => {
    const prevented = await app.evaluate(({ app: itself }) => {
      const event = {
        defaultPrevented: false,
        preventDefault: () => {
          event.defaultPrevented = true;
        },
      };
      itself.emit('open-url', event, 'postern://send?to=+15550100099');
      return event.defaultPrevented;
    });
    expect(prevented).toBe(true);
    expect(await app.showsGateway()).toBe(origin);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('lets no page leave, open a window, or use what a page may not', async () => {
    const addresses = ['http://127.0.0.1:1/', 'file:///etc/passwd', 'javascript:alert(1)', 'postern://send'];
    const went = await app.evaluate(async ({ BrowserWindow, session, shell }, tried) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const tries = await Promise.all(tried.map((address) => contents?.goes(address)));
      const windows = [...tried, 'https://example.com/help'].map((address) => contents?.opens(address));
      const grants = [session.fromPartition('postern'), session.defaultSession].map((one) =>
        one.grants('media', contents?.getURL() ?? ''),
      );
      return {
        tries,
        windows,
        grants,
        outside: shell.openedOutside,
        own: await contents?.goes(`${contents.getURL()}messages`),
      };
    }, addresses);
    expect(went).toEqual({
      tries: [false, false, false, false],
      windows: [false, false, false, false, false],
      grants: Array(2).fill({ asked: false, checked: false, device: false }),
      outside: ['https://example.com/help'],
      own: true,
    });
    expect(await app.showsGateway()).toBe(origin);
  });

  it('answers no page but its own', async () => {
    const answers = await app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const strange = await contents?.asks('backend:state', undefined, 'https://example.com/').catch(String);
      return [await contents?.asks('backend:state'), strange];
    });
    expect(answers).toEqual([{ kind: 'running' }, expect.stringContaining("not Postern's own")]);
  });
});
