import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DesktopApp, newHome } from './desktop-app.ts';
import { writeElectronShell } from './electron-shell.ts';

/** What is used of electron-builder's own archive and fuse tools. */
interface Asar {
  listPackage(archive: string, options: { isPack: boolean }): string[];
  extractAll(archive: string, folder: string): void;
  extractFile(archive: string, file: string): Buffer;
}
interface Fuses {
  getCurrentFuseWire(program: string): Promise<Record<string, number>>;
}

const root = join(import.meta.dirname, '../..');
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const library = createRequire(builder.resolve('app-builder-lib'));
const asar = library('@electron/asar') as Asar;
const fuses = library('@electron/fuses') as Fuses;

let folder: string;
let resources: string;
let files: string[];

/** electron-builder packs for real; only the program that it packs for is empty. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postern-packed-'));
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeElectronShell(join(folder, 'electron'), devDependencies.electron);
  const cli = join(dirname(builder.resolve('electron-builder/package.json')), 'cli.js');
  const args = [
    '--linux',
    '--x64',
    '--dir',
    `-c.electronDist=${folder}/electron`,
    `-c.directories.output=${folder}`,
  ];
  const child = spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(output);
  resources = join(folder, 'linux-unpacked/resources');
  files = asar.listPackage(join(resources, 'app.asar'), { isPack: false });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('holds the program, its pages and its pictures, and nothing of its making', () => {
  for (const name of [
    'package.json',
    'dist/electron/main.js',
    'dist/electron/preload.cjs',
    'build/tray/tray.png',
    'build/icons/256x256.png',
  ])
    expect(files).toContain(`/${name}`);
  const strange = files.filter((file) =>
    /^\/(?:src|test|electron|renderer|bench|scripts|docs|packaging)\/|\.map$|\.tsx?$|^\/node_modules\/(?:node-(?:linux|win|darwin)-|electron\/|vite|typescript|@biomejs)/.test(
      file,
    ),
  );
  expect(strange.filter((file) => !file.endsWith('.d.ts') && !/node_modules\/.*\.ts$/.test(file))).toEqual(
    [],
  );
});

it('unpacks native modules and nothing else', () => {
  const native = files.filter((file) => file.endsWith('.node'));
  expect(native.filter((file) => !existsSync(join(resources, 'app.asar.unpacked', file)))).toEqual([]);
  expect(native.some((file) => file.includes('better-sqlite3'))).toBe(true);
  expect(native.some((file) => file.includes('@serialport/bindings-cpp'))).toBe(true);
});

it('has every fuse as it is configured', async () => {
  const set = await fuses.getCurrentFuseWire(join(folder, 'linux-unpacked/postern-desktop'));
  // RunAsNode, CookieEncryption, NodeOptions, NodeCliInspect, AsarIntegrity, OnlyLoadAppFromAsar, V8Snapshot, FileProtocol
  expect([0, 1, 2, 3, 4, 5, 7].map((fuse) => String.fromCharCode(Number(set[fuse])))).toEqual([
    '0',
    '1',
    '0',
    '0',
    '1',
    '1',
    '0',
  ]);
});

it('names its windows as its menu entry is named', () => {
  const packed = asar.extractFile(join(resources, 'app.asar'), 'package.json').toString();
  expect(JSON.parse(packed).desktopName).toBe('net.postern.desktop.desktop');
});

it('carries the udev rules for those who run the AppImage', () => {
  expect(existsSync(join(resources, 'udev/70-postern.rules'))).toBe(true);
});

it('runs: what is packed is all that the app and its gateway need', async () => {
  const unpacked = join(folder, 'app');
  asar.extractAll(join(resources, 'app.asar'), unpacked);
  const { home, forget } = newHome();
  const app = new DesktopApp({ home, app: unpacked, env: { POSTERN_EMULATE: '1' } });
  try {
    const origin = await app.showsGateway();
    expect(await (await fetch(origin, { headers: { accept: 'text/html' } })).text()).toContain('<title>');
    await app.until(({ Tray }) => Tray.all[0]?.toolTip.includes('no text waits'));
    expect(await app.evaluate(({ Tray }) => Tray.all[0]?.image.isEmpty())).toBe(false);
    expect(await app.quit()).toBe(0);
  } finally {
    app.kill();
    await app.ended;
    forget();
  }
});
