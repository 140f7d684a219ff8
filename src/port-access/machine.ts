import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { type SystemFolders, systemFolders } from '../modem/discovery/system-folders.ts';

/** The machine whose ports are given, as far as it counts for that. */
export interface AccessMachine {
  readonly platform: NodeJS.Platform;
  readonly uid: number;
  /** Where `pkexec` is looked for: it asks the person, and runs as that person until then. */
  readonly path: string;
  /** Where the programs lie that are run as the administrator: folders that nobody else can write to. */
  readonly programs: readonly string[];
  /** The program that the desktop packages bring with a PolicyKit action of its own. */
  readonly helper: string;
  readonly folders: Pick<SystemFolders, 'etc' | 'run' | 'lib'>;
}

export function thisMachine(): AccessMachine {
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? -1,
    path: process.env.PATH ?? '',
    programs: ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/run/current-system/sw/bin'],
    helper: '/usr/lib/postern-desktop/give-modem-access',
    folders: systemFolders,
  };
}

/** Where `pkexec` is; undefined on a machine without PolicyKit. */
export function findPkexec({ path }: AccessMachine): Promise<string | undefined> {
  return firstProgram(path.split(delimiter), 'pkexec');
}

/** A program that is to run as the administrator, by its whole path: what PATH says does not count for it. */
export function findProgram({ programs }: AccessMachine, name: string): Promise<string | undefined> {
  return firstProgram(programs, name);
}

export async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function firstProgram(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders.filter((one) => isAbsolute(one))) {
    if (await isProgram(join(folder, name))) return join(folder, name);
  }
  return undefined;
}
