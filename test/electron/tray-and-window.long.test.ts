import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../whole/api-key.ts';
import { DesktopApp, type DesktopOptions, newHome } from './desktop-app.ts';
import { submit } from './submitted-form.ts';

let home: string;
let dataDir: string;
let forget: () => void;
let started: DesktopApp[];

beforeEach(() => {
  ({ home, forget } = newHome());
  dataDir = join(home, 'data');
  started = [];
});

afterEach(async () => {
  for (const app of started) app.kill();
  await Promise.all(started.map(({ ended }) => ended));
  forget();
});

function start(options: Partial<DesktopOptions> = {}): DesktopApp {
  const app = new DesktopApp({ home, ...options });
  started.push(app);
  return app;
}

/** Waits until the tray says so. */
function traySays(app: DesktopApp, words: string): Promise<unknown> {
  return app.until(({ Tray }, part) => Tray.all[0]?.toolTip.includes(part), words);
}

describe('the tray', () => {
  it('tells of each modem, pauses sending, shows that by its sign, and keeps the machine awake', async () => {
    const app = start({ env: { POSTERN_EMULATE: '1' } });
    const origin = await app.showsGateway();
    await traySays(app, 'Postern is running, no text waits');
    const line = await app.until(({ Tray }) =>
      Tray.all[0]?.menu?.labels.find((label) => /: .*[▂·]/.test(label)),
    );
    expect(line).toMatch(/^\+\d+: .+ [▂▄▆█·]{4}$/);
    expect(await app.evaluate(({ Tray }) => Tray.all[0]?.image.path)).toMatch(/tray\.png$/);

    await app.evaluate(({ Tray }) => Tray.all[0]?.menu?.choose('Pause sending'));
    await traySays(app, 'sending is paused');
    const key = makeKey(dataDir);
    const settings = await fetch(`${origin}/v1/settings`, { headers: { Authorization: `Bearer ${key}` } });
    expect(await settings.json()).toMatchObject({ data: { sending_paused: true } });
    const sign = await app.evaluate(({ Tray }) => ({
      path: Tray.all[0]?.image.path,
      empty: Tray.all[0]?.image.isEmpty(),
      checked: Tray.all[0]?.menu?.find('Pause sending')?.checked,
    }));
    expect(sign).toEqual({
      path: expect.stringMatching(/tray-attention\.png$/),
      empty: false,
      checked: true,
    });
    await app.evaluate(({ Tray }) => Tray.all[0]?.menu?.choose('Pause sending'));
    await traySays(app, 'Postern is running');
    // A modem is there, so the machine is kept awake.
    await app.until(({ powerSaveBlocker }) => powerSaveBlocker.kinds.includes('prevent-app-suspension'));
  });
});

describe('the window', () => {
  it('may be closed: the gateway goes on, which is told once, and the tray opens it again', async () => {
    const app = start();
    const origin = await app.showsGateway();
    const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await close();
    expect((await fetch(origin)).status).toBe(200);
    await app.evaluate(({ Tray }) => Tray.all[0]?.menu?.choose('Open Postern'));
    expect(await app.showsGateway()).toBe(origin);
    await close();
    const told = await app.evaluate(({ Notification }) => Notification.shown.map(({ title }) => title));
    expect(told).toEqual(['Postern goes on in the tray']);
  });

  it('ends the app when the person wants that', async () => {
    writeSettings({ keepRunning: false });
    const app = start();
    await app.showsGateway();
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined);
    expect(await app.ended).toBe(0);
  });

  it('is not there after a start at login, and without a modem the machine may sleep', async () => {
    const app = start({ args: ['--hidden'] });
    await traySays(app, 'no modem is there');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
    expect(await app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.kinds)).toEqual([]);
  });
});

it('a text that comes in is shown and counted until the person looks', async () => {
  const app = start({ env: { POSTERN_EMULATE: '2' }, args: ['--hidden'] });
  await traySays(app, 'Postern is running');
  const { url, headers } = await gatewayOf(app);
  const numbers = async () =>
    (
      (await (await fetch(`${url}/v1/numbers`, { headers })).json()) as {
        data: { number: string; online: boolean }[];
      }
    ).data;
  await expect
    .poll(async () => (await numbers()).filter(({ online }) => online).length, { timeout: 60_000 })
    .toBe(2);
  const [from, to] = (await numbers()).map(({ number }) => number);
  const body = JSON.stringify({ from, to, body: 'Is anybody there?' });
  expect((await fetch(`${url}/v1/sms/send`, { method: 'POST', headers, body })).status).toBe(202);
  const notice = await app.until(({ Notification }) =>
    Notification.shown
      .map(({ title, body: text }) => ({ title, text }))
      .find(({ title }) => /^Text/.test(title)),
  );
  expect(notice).toEqual({ title: `Text from ${from}`, text: 'Is anybody there?' });
  expect(await app.evaluate(({ app: itself }) => itself.badgeCount)).toBe(1);
  await app.evaluate(({ Notification }) => Notification.shown.at(-1)?.emit('click'));
  await app.showsGateway();
  await app.until(({ app: itself }) => itself.badgeCount === 0);
});

/** They need nothing of the app but that it runs, so that one serves them all. */
describe('the app that runs', () => {
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

  it('lets no page of the gateway reach the pages of the app', async () => {
    const went = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.goes('postern-desktop://app/settings', {
        method: 'POST',
      }),
    );
    expect(went).toBe(false);
  });

  it('is started at login when the person wants that, and no longer when not', async () => {
    const entry = join(ownHome.home, 'appData/autostart/postern.desktop');
    await submit(app, '/save', '/settings', { start_at_login: 'on', keep_running: 'on' });
    expect(readFileSync(entry, 'utf8')).toContain(' --hidden\n');
    await submit(app, '/save', '/settings', { keep_running: 'on' });
    expect(existsSync(entry)).toBe(false);
  });

  it('goes to a screen by the menu, and opens the settings of the desktop', async () => {
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.choose('Messages'));
    await app.until(
      ({ BrowserWindow }, address) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() === address,
      `${origin}/messages`,
    );
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.choose('Desktop settings…'));
    await app.until(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[1]?.webContents.page?.body.includes('<h1>Desktop'),
    );
  });
});

function writeSettings(settings: object): void {
  mkdirSync(join(home, 'userData'));
  writeFileSync(join(home, 'userData/desktop.json'), JSON.stringify(settings));
}

/** Where the gateway listens, where no window shows it, and what it takes to ask it. */
async function gatewayOf(app: DesktopApp): Promise<{ url: string; headers: Record<string, string> }> {
  await app.evaluate(({ Tray }) => Tray.all[0]?.menu?.choose('Open Postern'));
  const url = await app.showsGateway();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const key = makeKey(dataDir);
  return { url, headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } };
}
