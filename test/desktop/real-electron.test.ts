import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';

const executablePath = process.env.TEST_ELECTRON;
if (!executablePath) throw new Error('TEST_ELECTRON is not set: run these tests by "npm run test:desktop".');

const root = join(import.meta.dirname, '../..');
/** When to give up on what never comes. */
const patience = { timeout: 120_000 };

let home: string;
let app: ElectronApplication | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'postern-electron-'));
});

afterEach(async () => {
  await app?.close().catch(() => undefined);
  app = undefined;
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** The app as it is in the repository. The packed one lets no debugger in, and so no test. */
async function launch(): Promise<Page> {
  app = await _electron.launch({
    executablePath: executablePath as string,
    args: [root, `--user-data-dir=${join(home, 'user')}`],
    env: {
      ...(process.env as Record<string, string>),
      POSTERN_DATA_DIR: join(home, 'data'),
      POSTERN_PORT: '0',
      POSTERN_EMULATE: '2',
      POSTERN_DISCOVERY: '0',
    },
  });
  const page = await app.firstWindow(patience);
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\//, patience);
  return page;
}

/** Asks the gateway as the page does, with the page's own session. */
function ask<Answer>(page: Page, path: string, body?: object): Promise<Answer> {
  return page.evaluate(
    async ([at, sent]) => {
      const init = sent
        ? { method: 'POST', body: sent, headers: { 'Content-Type': 'application/json' } }
        : {};
      return (await (await fetch(at, init)).json()).data;
    },
    [path, body ? JSON.stringify(body) : undefined] as const,
  ) as Promise<Answer>;
}

interface NumberView {
  readonly number: string;
  readonly online: boolean;
}

async function onlineNumbers(page: Page): Promise<string[]> {
  const online = async () =>
    (await ask<NumberView[]>(page, '/v1/numbers'))
      .filter((entry) => entry.online)
      .map(({ number }) => number);
  await expect.poll(async () => (await online()).length, patience).toBe(2);
  return online();
}

it('shows its window, sends a text, comes back after its gateway was killed, and quits', async () => {
  const page = await launch();
  expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined');

  const [from, to] = await onlineNumbers(page);
  const sent = await ask<{ message_id: string }>(page, '/v1/sms/send', { from, to, body: 'Hello' });
  const status = async () => (await ask<{ status: string }>(page, `/v1/sms/${sent.message_id}`)).status;
  await expect.poll(status, patience).toMatch(/^(?:sent|delivered)$/);

  const gateway = () =>
    app?.evaluate(
      ({ app: itself }) =>
        itself.getAppMetrics().find(({ name }) => name?.startsWith('Postern gateway'))?.pid,
    );
  const before = await gateway();
  process.kill(Number(before), 'SIGKILL');
  await expect
    .poll(async () => [await gateway()].filter((pid) => pid && pid !== before).length, patience)
    .toBe(1);
  await expect.poll(() => status().catch(String), patience).toMatch(/^(?:sent|delivered)$/);

  const ended = new Promise<number | null>((resolve) => app?.process().once('exit', resolve));
  await app?.evaluate(({ app: itself }) => itself.quit());
  expect(await ended).toBe(0);
});

it('lets its window go nowhere else', async () => {
  const page = await launch();
  const address = page.url();
  await page.evaluate(() => window.location.assign('https://example.com/'));
  await page.evaluate(() => window.location.assign('postern-desktop://app/settings'));
  expect(await page.evaluate(() => window.open('http://example.com/'))).toBeNull();
  expect(new URL(page.url()).origin).toBe(new URL(address).origin);
  expect(app?.windows()).toHaveLength(1);
});

it('opens its own settings from the menu, and saves them by a form', async () => {
  await launch();
  const opened = app?.waitForEvent('window', patience);
  await app?.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items?.find(({ label }) => label === 'Desktop settings…')?.click();
  });
  const settings = (await opened) as Page;
  await settings.waitForSelector('h1', patience);
  await settings.uncheck('[name=notifications]');
  await settings.click('text=Save');
  await settings.waitForSelector('[role=status]', patience);
  expect(await settings.textContent('[role=status]')).toBe('Saved.');
  expect(await settings.isChecked('[name=notifications]')).toBe(false);
});

it('keeps the key of its secrets sealed where the system can', async () => {
  await launch();
  const sealed = await app?.evaluate(async ({ safeStorage }) => safeStorage.isAsyncEncryptionAvailable());
  const names = ['secret.sealed', 'secret.key'].filter((name) => existsSync(join(home, 'data', name)));
  expect(names).toHaveLength(1);
  if (!sealed) expect(names).toEqual(['secret.key']);
});
