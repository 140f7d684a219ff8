import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sizeBytes = 64_000_000;

/** A disk that can be filled up, made read-only and given room again while a program works on it. */
export interface SmallDisk {
  /** The folder as programs on it see it, and as this process does. */
  readonly inside: string;
  readonly outside: string;
  /** Words that a program is started with to be on it. */
  readonly within: readonly string[];
  /** Takes all room away; `pid` is the program on it. */
  fill(pid: number): void;
  makeRoom(pid: number): void;
  /** Undefined where this kind of disk has no such thing. */
  readonly makeReadOnly?: () => void;
  close(): Promise<void>;
}

/** How a program gets file systems of its own: as the administrator, or as one within a name space of users. */
const ways = [
  { unshare: ['-m'], nsenter: ['-m'] },
  { unshare: ['-Urm'], nsenter: ['-U', '--preserve-credentials', '-m'] },
] as const;

export type MountWay = (typeof ways)[number];

/** The way that works here, if any does. */
export const mountWay: MountWay | undefined = ways.find(
  ({ unshare }) => spawnSync('unshare', [...unshare, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0,
);

/** A file system in memory, in a name space that ends with its process. */
export async function mountedDisk(way: MountWay): Promise<SmallDisk> {
  const inside = mkdtempSync(join(tmpdir(), 'postern-disk-'));
  const hold = `mount -t tmpfs -o size=${sizeBytes} none ${inside} && echo ready && exec cat`;
  const holder = spawn('unshare', [...way.unshare, 'sh', '-c', hold], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout ?? holder, 'data');
  const within = ['nsenter', '-t', String(holder.pid), ...way.nsenter, '--'];
  const outside = join(`/proc/${holder.pid}/root`, inside);
  return {
    inside,
    outside,
    within,
    fill: () => fillUp(join(outside, 'ballast')),
    makeRoom: () => rmSync(join(outside, 'ballast')),
    makeReadOnly: () => runWithin(within, 'mount', '-o', 'remount,ro', inside),
    close: () => endHolder(holder, inside),
  };
}

function runWithin([program = '', ...before]: readonly string[], ...command: readonly string[]): void {
  execFileSync(program, [...before, ...command]);
}

/** In ever smaller pieces, to the last octet. */
function fillUp(ballast: string): void {
  for (let piece = 8_388_608; piece >= 1; piece = Math.floor(piece / 8)) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(piece));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

async function endHolder(holder: ChildProcess, folder: string): Promise<void> {
  const ended = once(holder, 'exit');
  holder.stdin?.end();
  await ended;
  rmSync(folder, { recursive: true });
}

/** A disk that takes nothing beyond the first page of any file, not even what overwrites others: it needs no rights. */
export function limitedDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'postern-disk-'));
  const limit = (pid: number, octets: string) =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${octets}:unlimited`]);
  return {
    inside: folder,
    outside: folder,
    within: [],
    fill: (pid) => void limit(pid, '4096'),
    makeRoom: (pid) => void limit(pid, 'unlimited'),
    close: async () => rmSync(folder, { recursive: true }),
  };
}
