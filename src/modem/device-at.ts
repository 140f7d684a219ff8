import { statSync } from 'node:fs';

/** What `stat` says of a path that leads nowhere now. */
const goneCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'ELOOP']);

/**
 * Which device a path leads to, through symbolic links; `nowhere` when to none, undefined when that cannot be told, as
 * on Windows. Folders of devices lie in memory, so that looking there takes no time.
 */
export function deviceAt(path: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  try {
    const { dev, ino, rdev } = statSync(path, { bigint: true });
    return `${dev}:${ino}:${rdev}`;
  } catch (error) {
    return goneCodes.has((error as NodeJS.ErrnoException).code) ? 'nowhere' : undefined;
  }
}
