import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { thisMachine } from '../../src/port-access/machine.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const unit = textOf('packaging/systemd/postern.service');
const settingOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

it('the unit, the container and the package run the same command line', () => {
  const command = settingOf('ExecStart')?.split(' ');
  const entry = /^ENTRYPOINT (\[.*\])$/m.exec(textOf('packaging/container/Containerfile'))?.[1];
  expect(JSON.parse(entry ?? '')).toEqual(command);
  const script = textOf('packaging/build-deb');
  expect(script).toContain('home=$tree/usr/lib/postern');
  expect(textOf('packaging/debian/postern')).toContain(command?.slice(0, 3).join(' '));
});

it('whatever starts the gateway keeps its young generation small, so that collecting it does not hold modems up', () => {
  const flag = /--max-semi-space-size=\d+/.exec(settingOf('ExecStart') ?? '')?.[0] ?? 'none';
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  for (const script of [scripts.start, scripts.demo, scripts.postern])
    expect(script?.startsWith(`node ${flag} dist/gateway/cli.js`)).toBe(true);
  expect(textOf('src/cli.ts').startsWith(`#!/usr/bin/env -S node ${flag}\n`)).toBe(true);
  expect(textOf('bench/postern.ts')).toContain(`'${flag}'`);
});

it('the unit waits longer for the end than the gateway needs, and lets nobody else in', () => {
  expect(Number(settingOf('TimeoutStopSec'))).toBeGreaterThan(12);
  expect(settingOf('User')).toBe('postern');
  expect(settingOf('SupplementaryGroups')).toBe('dialout');
  // the JavaScript engine writes the code that it runs
  expect(settingOf('MemoryDenyWriteExecute')).toBeUndefined();
});

it('the configuration of the package is one', () => {
  const config = readConfig({}, {}, join(root, 'packaging/debian/postern.json'));
  expect(config).toMatchObject({ dataDir: '/var/lib/postern', host: '127.0.0.1', port: 8_026 });
});

it.each(['postern', 'postinst', 'prerm', 'postrm'])('%s is a shell script that can be run', (name) => {
  const file = join(root, 'packaging/debian', name);
  expect(statSync(file).mode & 0o111).not.toBe(0);
  expect(spawnSync('sh', ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('what PolicyKit asks about is the program that the desktop packages bring, and that takes nothing from anybody', () => {
  const policy = textOf('packaging/desktop/net.postern.desktop.policy');
  const { helper } = thisMachine();
  expect(/exec\.path">(.*)</.exec(policy)?.[1]).toBe(helper);
  expect(policy.match(/<allow_\w+>(?!auth_admin)/g)).toBeNull();
  const script = textOf('packaging/desktop/give-modem-access');
  expect(script.replaceAll(/^#.*$/gm, '')).not.toMatch(/[$`<]|read|\beval\b/);
  expect(script).toMatch(/^PATH=\/usr\/bin:/m);
  const file = join(root, 'packaging/desktop/give-modem-access');
  expect(statSync(file).mode & 0o111).not.toBe(0);
  expect(spawnSync('sh', ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('without Electron the tests of the desktop app fail in words, unless that is known', () => {
  const script = join(root, 'scripts/test-desktop.mjs');
  const run = (known: string) =>
    spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nowhere'), ALLOW_NO_ELECTRON: known },
    });
  expect(run('')).toMatchObject({ status: 1, stderr: expect.stringContaining('NOTHING was proven') });
  expect(run('1')).toMatchObject({ status: 0, stderr: expect.stringContaining('NOTHING was proven') });
});

it('every action of the workflow is pinned to a commit', () => {
  const uses = textOf('.github/workflows/desktop.yml').match(/uses: .*/g) ?? [];
  expect(uses.length).toBeGreaterThan(2);
  expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});
