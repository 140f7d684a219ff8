import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretBox } from '../../src/store/secret-box.ts';
import { RunningGateway } from '../whole/running-gateway.ts';
import { askGateway } from './app-api.ts';
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

describe('the window', () => {
  it('opens where it was, as large as it was', async () => {
    const first = start();
    await first.showsGateway();
    await first.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 300, y: 200, width: 900, height: 700 });
    });
    expect(await first.quit()).toBe(0);
    const second = start();
    await second.showsGateway();
    const bounds = await second.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    );
    expect(bounds).toEqual({ x: 300, y: 200, width: 900, height: 700 });
  });

  it('shows a page of its own that says why the gateway cannot start, and the gateway once it can', async () => {
    const other = await RunningGateway.start([], { dataDir });
    const app = start();
    const page = await app.until(({ BrowserWindow }) => {
      const shown = BrowserWindow.getAllWindows()[0]?.webContents.page;
      return shown?.body.includes('Postern stopped') && shown;
    });
    expect(page.url).toBe('postern-desktop://app/status');
    expect(page.body).toContain(`Another Postern is using ${dataDir}.`);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    await other.stop();
    await app.showsGateway();
  });
});

describe('a data directory', () => {
  it('moves from a headless gateway to the desktop and back, with its secrets', async () => {
    const headless = await RunningGateway.start([], { dataDir });
    await headless.stop();
    const key = readFileSync(join(dataDir, 'secret.key'), 'utf8').trim();
    const sealed = new SecretBox(Buffer.from(key, 'base64')).seal('1234');

    const app = start();
    await app.showsGateway();
    expect(existsSync(join(dataDir, 'secret.key'))).toBe(false);
    expect(readFileSync(join(dataDir, 'secret.sealed')).includes(key)).toBe(false);

    await submit(app, '/hand-over');
    expect(await app.quit()).toBe(0);
    const again = await RunningGateway.start([], { dataDir });
    const kept = readFileSync(join(dataDir, 'secret.key'), 'utf8').trim();
    expect(new SecretBox(Buffer.from(kept, 'base64')).open(sealed)).toBe('1234');
    await again.stop();
  });

  it('that was sealed for somebody else is refused in words, until the person forgets its secrets', async () => {
    const mine = start();
    await mine.showsGateway();
    expect(await mine.quit()).toBe(0);
    const theirs = start({ env: { STAND_IN_KEYRING: join(home, 'another keyring') } });
    await theirs.until(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.page?.body.includes('sealed on another machine'),
    );
    await submit(theirs, '/forget-secrets', '/status');
    await theirs.showsGateway();
  });

  it('can be another one: the gateway starts anew with it, and comes back to it', async () => {
    const other = join(home, 'other');
    mkdirSync(other);
    const app = start();
    await app.showsGateway();
    await app.evaluate(({ dialog }, path) => {
      dialog.choices.push(path);
    }, other);
    await submit(app, '/choose-folder');
    await app.until(({ utilityProcess }) => utilityProcess.forked.length === 2);
    await expect.poll(() => existsSync(join(other, 'postern.db')), { timeout: 60_000 }).toBe(true);
    expect(JSON.parse(readFileSync(join(home, 'userData/desktop.json'), 'utf8'))).toMatchObject({
      dataDir: other,
    });
  });
});

describe('the machine', () => {
  it('has the gateway let its ports go before the machine sleeps, and take them again', async () => {
    const app = start({ env: { POSTERN_EMULATE: '1' } });
    const origin = await app.showsGateway();
    const states = async () =>
      ((await askGateway(home, origin, '/v1/modems')) as { state: string }[]).map(({ state }) => state);
    await expect.poll(states, { timeout: 60_000 }).toEqual(['ready']);
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
    await expect.poll(states, { timeout: 60_000 }).not.toEqual(['ready']);
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect.poll(states, { timeout: 60_000 }).toEqual(['ready']);
  });
});
