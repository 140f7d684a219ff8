import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/cli/version.ts';
import { addNode, installPacked, packedFiles } from './packed-program.ts';
import { RunningGateway, removeDataDir, temporaryDataDir, tryCommand } from './running-gateway.ts';

/** Makes Node.js say that it is too old, in this process and not in those that it starts. */
const asOldNode = [
  '--import',
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2",napi:"9"}})',
];
/** Likewise that it is newer than what Postern was tried on. */
const asNewNode = [
  '--import',
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"26.0.0"}})',
];

let folder: string;
let files: readonly string[];
let program: string;
const running: RunningGateway[] = [];

beforeAll(async () => {
  folder = await temporaryDataDir();
  files = packedFiles();
  program = installPacked(folder, files);
});

afterEach(async () => {
  for (const gateway of running.splice(0)) {
    await gateway.stop();
    await removeDataDir(gateway.dataDir);
  }
});

afterAll(() => removeDataDir(folder));

test('nothing is packed but the built program and what tells of it', () => {
  const places = new Set(files.map((path) => path.replace(/\/[^/]*$/, '/')));
  expect([...places].sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist/chunks/',
    'dist/electron/',
    'dist/gateway/',
    'dist/renderer/',
    'dist/renderer/assets/',
    'package.json',
  ]);
  // npm always packs the file that "main" names, here the desktop app's.
  expect(files.filter((path) => path.startsWith('dist/electron/'))).toEqual(['dist/electron/main.js']);
});

async function serve(node: readonly string[] = []): Promise<RunningGateway> {
  const gateway = await RunningGateway.start(['--emulate', '2'], { program, node });
  running.push(gateway);
  return gateway;
}

test('what is packed runs by itself: a text is sent, the pages are there, and it ends in order', async () => {
  const gateway = await serve();
  await gateway.online('+15550100001', '+15550100002');
  await gateway.reaches(await gateway.send('+15550100001', '+15550100002', 'hello'), 'delivered');
  const page = await (await fetch(gateway.url, { headers: { accept: 'text/html' } })).text();
  const script = / src="([^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
  expect((await fetch(new URL(script, gateway.url))).headers.get('content-type')).toMatch(/javascript/);
  expect(await gateway.stop('SIGTERM')).toBe(0);
});

describe('on a Node.js that does not fit', () => {
  describe('where none came along', () => {
    test('that is too old, a sentence says so', async () => {
      const { status, stdout, stderr } = await tryCommand(['--version'], { program, node: asOldNode });
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^Postern needs Node\.js 22\.14 or newer .*Install Node\.js 24\..*\n$/);
    });

    test('that is too new, it runs and warns', async () => {
      const { status, stdout, stderr } = await tryCommand(['--version'], { program, node: asNewNode });
      expect([status, stdout]).toEqual([0, `${version}\n`]);
      expect(stderr).toMatch(/^Postern was not tried on Node\.js .*\n$/);
    });
  });

  describe.skipIf(process.platform === 'win32')('where one came along', () => {
    beforeAll(() => addNode(folder));
    afterAll(() =>
      rmSync(join(folder, 'node_modules', `node-${process.platform}-${process.arch}`), { recursive: true }),
    );

    test.each([
      ['too old', asOldNode],
      ['too new', asNewNode],
    ])('that is %s, it runs on that one, and ends as that ends', async (_, node) => {
      expect(await tryCommand(['--version'], { program, node })).toEqual({
        status: 0,
        stdout: `${version}\n`,
        stderr: '',
      });
      const refused = await tryCommand(['bogus'], { program, node });
      expect(refused.status).toBe(1);
      expect(refused.stderr).toMatch(/unknown command 'bogus'/);
    });

    test('a signal reaches it, and it ends in order', async () => {
      const gateway = await serve(asOldNode);
      expect(await gateway.stop('SIGTERM')).toBe(0);
      await expect(fetch(gateway.url)).rejects.toThrow('fetch failed');
    });

    test('that one is killed, its status tells of it', async () => {
      const gateway = await serve(asOldNode);
      const { pid } = JSON.parse(await readFile(join(gateway.dataDir, 'gateway.json'), 'utf8')) as {
        pid: number;
      };
      expect(pid).not.toBe(gateway.process.pid);
      const ended = once(gateway.process, 'exit');
      process.kill(pid, 'SIGKILL');
      expect(await ended).toEqual([137, null]);
    });
  });
});
