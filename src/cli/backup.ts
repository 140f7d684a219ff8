import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { databaseFile } from '../config.ts';
import { copyDatabase } from '../store/backup/copy.ts';
import { BackupFolder } from '../store/backup/folder.ts';
import { PendingRestore } from '../store/backup/pending-restore.ts';
import { lockForOneProcess } from '../store/database.ts';
import { StoreError } from '../store/store-error.ts';
import { dataDirOption } from './data-dir.ts';
import { operator } from './operator.ts';

/** `postern backup [FILE]`: a copy of the database, also while a gateway serves. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('write a copy of the database, also while the gateway serves')
    .argument('[file]', 'where to; among the backups of the data directory where none is named')
    .addOption(dataDirOption())
    .action(async (wanted: string | undefined, { dataDir }: { dataDir: string }) => {
      if (!existsSync(databaseFile(dataDir))) throw new Error(`There is no database in ${dataDir}.`);
      const folder = new BackupFolder(dataDir);
      const file = wanted ?? folder.pathOf(folder.newName('postern', Date.now()));
      if (existsSync(file)) throw new Error(`${file} is there already. Name another file.`);
      await copyDatabase(databaseFile(dataDir), file, { onProgress: showing() });
      process.stdout.write(
        `${file} holds all messages and settings. Keep the key file of ${dataDir} with it: without that the PINs in it cannot be read.\n`,
      );
    });
}

/** `postern restore FILE`: puts a copy in the place of the database, which is kept as a backup itself. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a copy in the place of the database; the gateway must be stopped')
    .argument('<file>', 'what "backup" wrote: a path, or the name of a backup of the data directory')
    .addOption(dataDirOption())
    .action(async (wanted: string, { dataDir }: { dataDir: string }) => {
      const inFolder = new BackupFolder(dataDir).find(wanted) && new BackupFolder(dataDir).pathOf(wanted);
      const file = existsSync(wanted) ? resolve(wanted) : inFolder;
      if (file === undefined) throw new Error(`There is no ${wanted}.`);
      const release = lockDataDir(dataDir);
      try {
        const restore = new PendingRestore(databaseFile(dataDir));
        await restore.prepare(file, operator(), Date.now(), { onProgress: showing() });
        const kept = restore.apply();
        process.stdout.write(
          `${file} is in place${kept ? `; what was there before is kept as ${kept}` : ''}. After the start nothing is sent until you say "postern queue release" or "postern queue discard".\n`,
        );
      } finally {
        release();
      }
    });
}

function lockDataDir(dataDir: string): () => void {
  try {
    return lockForOneProcess(join(dataDir, 'postern.lock'));
  } catch (error) {
    if (error instanceof StoreError && error.code === 'locked')
      throw new Error(`A gateway serves from ${dataDir}. Stop it first.`);
    throw error;
  }
}

/** Shows on a terminal how far a copy has come. */
function showing(): (share: number) => void {
  let shown = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${percent} % ${share >= 1 ? '\n' : ''}`);
  };
}
