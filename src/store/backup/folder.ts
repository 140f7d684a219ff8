import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A copy of the database as it lies in the folder. */
export interface KeptBackup {
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

const goodName = /^[\w-][\w.-]{0,95}\.db$/;
const made = /^postern-\d{8}-\d{6}(?:-\d)?\.db$/;
const replaced = /^before-restore-\d{8}-\d{6}(?:-\d)?\.db$/;
/** What a restore replaced is as large as the database itself: one mistake can be undone, and the one before. */
const mostReplaced = 2;

/** The folder `backups` of a data directory. What people put there themselves is listed, and never deleted by itself. */
export class BackupFolder {
  readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'backups');
  }

  /** Newest first. */
  list(): KeptBackup[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .flatMap((name) => this.find(name) ?? [])
      .sort((a, b) => b.madeAt - a.madeAt || (a.name < b.name ? 1 : -1));
  }

  /** Undefined for what is no name of a backup, and for one that is not there. */
  find(name: string): KeptBackup | undefined {
    if (!this.isName(name)) return undefined;
    const stats = statSync(this.pathOf(name), { throwIfNoEntry: false });
    return stats?.isFile() ? { name, sizeBytes: stats.size, madeAt: stats.mtimeMs } : undefined;
  }

  isName(name: string): boolean {
    return goodName.test(name);
  }

  make(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  /** A name for a copy that is made now, or for what a restore replaces, that no file has yet; makes the folder. */
  newName(kind: 'postern' | 'before-restore', now: number): string {
    this.make();
    const time = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
    const stem = `${kind}-${time.slice(0, 8)}-${time.slice(8)}`;
    const names = [`${stem}.db`, ...Array.from({ length: 9 }, (_, index) => `${stem}-${index + 1}.db`)];
    return names.find((name) => !existsSync(this.pathOf(name))) ?? `${stem}.db`;
  }

  remove(name: string): void {
    for (const ending of ['', '-wal', '-shm']) rmSync(this.pathOf(name) + ending, { force: true });
  }

  /** Deletes the oldest of those that the gateway made itself, beyond so many; never those that are spared. */
  prune(keep: number, ...spared: readonly (string | undefined)[]): void {
    const list = this.list();
    const surplus = [
      ...list.filter(({ name }) => made.test(name)).slice(keep),
      ...list.filter(({ name }) => replaced.test(name)).slice(mostReplaced),
    ];
    for (const { name } of surplus) if (!spared.includes(name)) this.remove(name);
  }
}
