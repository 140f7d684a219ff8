import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder in memory, where the system has one with room: a database file there is as real, and its fsync is free. */
export function fastFolder(): string {
  const [folder, roomBytes] = ['/dev/shm', 1024 ** 3];
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > roomBytes ? folder : tmpdir();
  } catch {
    return tmpdir();
  }
}
