import { statfs } from 'node:fs/promises';

/** How many octets on the disk of `folder` this program may still take. Rejects where the system does not say. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
