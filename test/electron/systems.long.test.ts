import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DesktopApp, type DesktopOptions, newHome } from './desktop-app.ts';
import { submit } from './submitted-form.ts';

let home: string;
let forget: () => void;
let app: DesktopApp | undefined;

beforeEach(() => {
  ({ home, forget } = newHome());
});

afterEach(async () => {
  app?.kill();
  await app?.ended;
  app = undefined;
  forget();
});

function start(platform: NodeJS.Platform, options: Partial<DesktopOptions> = {}): DesktopApp {
  app = new DesktopApp({ home, ...options, env: { STAND_IN_PLATFORM: platform, ...options.env } });
  return app;
}

describe('on Windows', () => {
  it('the end of the session finds the gateway stopped in order, with no window open', async () => {
    const running = start('win32', { env: { POSTERN_EMULATE: '1' } });
    await running.showsGateway();
    await running.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(existsSync(join(home, 'data/postern.db-wal'))).toBe(true);
    const end = await running.evaluate(({ BaseWindow, BrowserWindow, utilityProcess }) => {
      const [window] = BaseWindow.getAllWindows();
      const pid = utilityProcess.forked[0]?.pid ?? 0;
      window?.emit('session-end', { reasons: ['shutdown'] });
      let isAlive = true;
      try {
        process.kill(pid, 0);
      } catch {
        isAlive = false;
      }
      return { isAlive, wasShown: window?.isVisible(), windows: BrowserWindow.getAllWindows().length };
    });
    expect(end).toEqual({ isAlive: false, wasShown: false, windows: 0 });
    expect(existsSync(join(home, 'data/postern.db-wal'))).toBe(false);
    expect(await running.quit()).toBe(0);
  });

  it('is started at login with the flag for no window, and marks its button when a text came in', async () => {
    const running = start('win32');
    await running.showsGateway();
    const overlays = await running.evaluate(({ BrowserWindow, utilityProcess }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.blur();
      const notice = { kind: 'received', from: '+15550100002', body: 'Hello' };
      utilityProcess.forked[0]?.emit('message', { type: 'notice', notice });
      const marked = window?.overlay;
      window?.focus();
      return [marked, window?.overlay];
    });
    expect(overlays).toEqual([{ path: expect.stringMatching(/unseen\.png$/), words: '1 new text' }, null]);
    await submit(running, '/save', '/settings', { start_at_login: 'on', keep_running: 'on' });
    expect(await running.evaluate(({ app: itself }) => itself.loginItem)).toEqual({
      openAtLogin: true,
      args: ['--hidden'],
    });
  });
});

describe('on macOS', () => {
  it('a start at login opens no window, the tray has a template, and the Dock opens the window', async () => {
    const running = start('darwin', { env: { STAND_IN_AT_LOGIN: '1' } });
    await running.until(({ Tray }) => Tray.all[0]?.toolTip.includes('no modem is there'));
    const seen = await running.evaluate(({ BaseWindow, BrowserWindow, Tray, Menu }) => ({
      windows: BrowserWindow.getAllWindows().length + BaseWindow.getAllWindows().length,
      isTemplate: Tray.all[0]?.image.isTemplate,
      isEmpty: Tray.all[0]?.image.isEmpty(),
      menus: Menu.getApplicationMenu()?.labels[0],
    }));
    expect(seen).toEqual({ windows: 0, isTemplate: true, isEmpty: false, menus: 'Postern' });
    await running.evaluate(({ app: itself }) => itself.emit('activate', {}, false));
    await running.showsGateway();
    await submit(running, '/save', '/settings', { start_at_login: 'on', keep_running: 'on' });
    expect(await running.evaluate(({ app: itself }) => itself.loginItem.openAtLogin)).toBe(true);
  });
});

describe('on Linux', () => {
  it('goes on without the terminal that it was started from', async () => {
    const running = start('linux', { env: { POSTERN_EMULATE: '1', POSTERN_LOG_LEVEL: 'trace' } });
    running.process.stdout?.destroy();
    running.process.stderr?.destroy();
    await running.showsGateway();
    await running.until(({ Tray }) => Tray.all[0]?.toolTip.includes('Postern is running'));
    expect(await running.quit()).toBe(0);
  });
});
