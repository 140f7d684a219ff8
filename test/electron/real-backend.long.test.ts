import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { BackendProcess } from '../../electron/backend-process.ts';
import { systemTiming } from '../../electron/timing.ts';
import type { UtilityHandle } from '../../electron/utility-handle.ts';
import type { Glance } from '../../src/contract/glance.ts';

const entry = join(import.meta.dirname, '../../electron/backend.ts');
const parentPort = join(import.meta.dirname, 'parent-port.ts');

let dataDir: string;
let children: ChildProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'postern-backend-'));
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** The real entry of the utility process with the real gateway, in a child process of plain Node. */
function forkBackend(): UtilityHandle {
  const child = fork(entry, [], {
    execArgv: ['--import', parentPort],
    env: {
      ...process.env,
      POSTERN_DATA_DIR: dataDir,
      POSTERN_PORT: '0',
      POSTERN_DISCOVERY: '0',
      POSTERN_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  return Object.assign(child, {
    postMessage: (message: object) => void child.send(message),
  }) as UtilityHandle;
}

it('serves, comes back on the same address after a crash, and stops in order', async () => {
  const glances: Glance[] = [];
  const ready: { address: string; link: string }[] = [];
  const backend = new BackendProcess({
    fork: forkBackend,
    timing: systemTiming,
    settings: async () => ({ version: '9.9.9' }),
    onState: () => undefined,
    onReady: (address, link) => void ready.push({ address, link }),
    onLink: () => undefined,
    onGlance: (seen) => void glances.push(seen),
    onNotice: () => undefined,
  });
  onTestFinished(() => backend.stop());
  const starts = (count: number) =>
    vi.waitUntil(() => ready.length === count && ready.at(-1), { timeout: 60_000, interval: 20 });

  backend.start();
  const first = await starts(1);
  await vi.waitUntil(() => glances.length > 0, { timeout: 60_000, interval: 20 });
  expect(glances[0]).toEqual({ sending_paused: false, waiting: 0, modems: [] });
  const signedIn = await fetch(first.link, { redirect: 'manual' });
  expect(signedIn.status).toBe(303);
  expect(signedIn.headers.get('set-cookie')).toContain('HttpOnly');

  children[0]?.kill('SIGKILL');
  const second = await starts(2);
  expect(second.address).toBe(first.address);
  expect(children).toHaveLength(2);

  await backend.stop();
  expect(children[1]?.exitCode).toBe(0);
  await expect(fetch(second.address)).rejects.toThrow('fetch failed');
});
