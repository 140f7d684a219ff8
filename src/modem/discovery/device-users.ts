import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SystemFolders } from './system-folders.ts';

/** A program that has a device file open. */
export interface DeviceUser {
  readonly pid: number;
  /** What `ps` calls it; for a program that Node runs, the name of its script. */
  readonly program: string;
  /** The systemd service that it belongs to. */
  readonly service: string | undefined;
}

interface OpenFile {
  readonly user: DeviceUser;
  readonly path: string;
  readonly identity: string;
}

/**
 * Which programs have which device files open, as it stood at one moment. Without the rights of an administrator a
 * user's own programs are seen alone.
 */
export class DeviceUsers {
  readonly #open: readonly OpenFile[];

  private constructor(open: readonly OpenFile[]) {
    this.#open = open;
  }

  /** Looks through `proc`/(pid)/fd for files below `dev`. Nothing is found where there is no /proc. */
  static async read({ proc, dev }: Pick<SystemFolders, 'proc' | 'dev'>): Promise<DeviceUsers> {
    const names = await readdir(proc).catch(() => []);
    const pids = names.filter((name) => /^\d+$/.test(name));
    const open: OpenFile[] = [];
    for (const pid of pids) open.push(...(await openFiles(join(proc, pid), Number(pid), dev)));
    return new DeviceUsers(open);
  }

  /** Who has this device open, by whatever name. */
  async of(path: string): Promise<DeviceUser[]> {
    const identity = await identityOf(path);
    const users = this.#open.filter((file) => file.path === path || (identity && file.identity === identity));
    return [...new Map(users.map(({ user }) => [user.pid, user])).values()];
  }
}

async function openFiles(folder: string, pid: number, dev: string): Promise<OpenFile[]> {
  const numbers = await readdir(join(folder, 'fd')).catch(() => []);
  const links = await Promise.all(
    numbers.map(async (number) => {
      const path = await readlink(join(folder, 'fd', number)).catch(() => '');
      if (!path.startsWith(`${dev}/`)) return undefined;
      return { path, identity: (await identityOf(join(folder, 'fd', number))) ?? '' };
    }),
  );
  const found = links.filter((link) => link !== undefined);
  if (found.length === 0) return [];
  const user = { pid, program: await programName(folder), service: await serviceOf(folder) };
  return found.map((link) => ({ ...link, user }));
}

/** A device file is the device whose number it bears, however it is called; any other file is where it lies. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  return found.isCharacterDevice() ? `device ${found.rdev}` : `file ${found.dev}:${found.ino}`;
}

async function programName(folder: string): Promise<string> {
  const name = (await readFile(join(folder, 'comm'), 'utf8').catch(() => '')).trim();
  if (!/^node|MainThread$/.test(name)) return name || 'a program';
  const script = (await readFile(join(folder, 'cmdline'), 'utf8').catch(() => '')).split('\0')[1];
  return script ? basename(script) : name;
}

/** A service stands as a folder in the path of the control group: `0::/system.slice/gammu-smsd.service`. */
async function serviceOf(folder: string): Promise<string | undefined> {
  const groups = await readFile(join(folder, 'cgroup'), 'utf8').catch(() => '');
  return /\/system\.slice\/(?:[^/\n]+\.slice\/)*([\w@.\\-]+\.service)/.exec(groups)?.[1];
}

/** Names of the programs that run. */
export async function runningPrograms(proc: string): Promise<Set<string>> {
  const names = await readdir(proc).catch(() => []);
  const read = names
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readFile(join(proc, pid, 'comm'), 'utf8').catch(() => ''));
  return new Set((await Promise.all(read)).map((name) => name.trim()));
}
