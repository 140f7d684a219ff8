import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SettingsFile } from '../../electron/desktop-settings.ts';
import { autostartEntry, wantsWindow } from '../../electron/login-item.ts';

const usual = { startAtLogin: false, keepRunning: true, notifications: true, toldOfTray: false };

function settingsFile(content?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deep/desktop.json');
  if (content === undefined) return file;
  writeFileSync(join(folder, 'desktop.json'), content);
  return join(folder, 'desktop.json');
}

it('keeps what was set over a start of the app, for its user alone', () => {
  const file = settingsFile();
  const window = { x: -10, y: 20, width: 800, height: 600, maximized: true };
  new SettingsFile(file).change({ port: 8_100, dataDir: '/data', keepRunning: false, window });
  expect(new SettingsFile(file).all).toEqual({
    ...usual,
    port: 8_100,
    dataDir: '/data',
    keepRunning: false,
    window,
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['desktop.json']);
});

it('takes back what is set to nothing', () => {
  const file = new SettingsFile(settingsFile());
  file.change({ port: 8_100 });
  file.change({ port: undefined });
  expect(file.all).toEqual(usual);
});

it.each([
  '',
  'no json',
  'null',
  '[1]',
  '{"port":0,"dataDir":"","keepRunning":"yes","window":{"x":1.5}}',
  '{"port":70000,"window":null}',
])('counts as not set what makes no sense: %s', (content) => {
  expect(new SettingsFile(settingsFile(content)).all).toEqual(usual);
});

it('opens no window at login', () => {
  expect(wantsWindow(['postern', '--hidden'], false)).toBe(false);
  expect(wantsWindow(['postern'], true)).toBe(false);
  expect(wantsWindow(['postern'], false)).toBe(true);
});

it('quotes the program in the autostart file as the Desktop Entry Specification says', () => {
  expect(autostartEntry('/opt/Postern/postern')).toContain('Exec="/opt/Postern/postern" --hidden\n');
  expect(autostartEntry('/home/a b/50% "$x\\.AppImage')).toContain(
    'Exec="/home/a b/50%% \\\\"\\\\$x\\\\\\\\.AppImage" --hidden\n',
  );
});
