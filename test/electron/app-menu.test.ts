import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { applicationMenu } from '../../electron/app-menu.ts';
import { noticeWords, Unseen } from '../../electron/person-notices.ts';
import { parseRoute } from '../../renderer/shell/route.ts';

function items(platform: NodeJS.Platform, done: unknown[] = []): MenuItemConstructorOptions[] {
  const note = (what: string) => () => void done.push(what);
  const menu = applicationMenu(platform, {
    open: note('open'),
    close: note('close'),
    settings: note('settings'),
    page: (path) => void done.push(path),
    dataFolder: note('folder'),
    quit: note('quit'),
  });
  return menu.flatMap(({ submenu }) => (submenu as MenuItemConstructorOptions[]) ?? []);
}

it.each(['darwin', 'win32', 'linux'] as const)('each shortcut of %s is there once', (platform) => {
  const shortcuts = items(platform).flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
  expect(shortcuts).toEqual(
    expect.arrayContaining(['CmdOrCtrl+,', 'CmdOrCtrl+Q', 'CmdOrCtrl+W', 'CmdOrCtrl+1']),
  );
});

it('leads to screens that there are', () => {
  const done: string[] = [];
  const pages = items('linux', done).filter(({ accelerator }) => /\d$/.test(String(accelerator)));
  for (const { click } of pages) (click as () => void)();
  const overviews = done.filter((path) => parseRoute(path).screen === 'overview');
  expect(overviews).toEqual(['/']);
});

it('goes to a page, to the settings, and out', () => {
  const done: unknown[] = [];
  for (const label of [
    'Messages',
    'Desktop settings…',
    'Close window',
    'Quit Postern',
    'Show the data folder',
  ]) {
    const item = items('linux', done).find((found) => found.label === label);
    (item?.click as (() => void) | undefined)?.();
  }
  expect(done).toEqual(['/messages', 'settings', 'close', 'quit', 'folder']);
});

it('shows who wrote and what, and lets no text draw on the screen', () => {
  expect(noticeWords({ kind: 'received', from: '+15550100001', body: 'Hi\u0007\nthere' })).toEqual({
    title: 'Text from +15550100001',
    body: 'Hi there',
  });
  expect(noticeWords({ kind: 'received', from: null, body: 'x'.repeat(500) })).toEqual({
    title: 'Text from a hidden number',
    body: `${'x'.repeat(159)}…`,
  });
  expect(noticeWords({ kind: 'attention', message: 'A SIM needs its PIN.' }).title).toBe(
    'Postern needs attention',
  );
});

it('counts what came in since the person last looked', () => {
  const shown: number[] = [];
  const unseen = new Unseen((count) => shown.push(count));
  unseen.seen();
  unseen.add();
  unseen.add();
  unseen.seen();
  unseen.seen();
  unseen.add();
  expect(shown).toEqual([1, 2, 0, 1]);
});
