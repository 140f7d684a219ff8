import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { databaseFile } from '../config.ts';
import { checkDatabase, isLocked } from '../store/database.ts';
import { RestoreStore } from '../store/restore-store.ts';
import { dataDirOption } from './data-dir.ts';

/** `postern backup FILE`: a copy of the database, also while a gateway serves. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('write a copy of the database, also while the gateway serves')
    .argument('<file>', 'where to; it must not be there yet')
    .addOption(dataDirOption())
    .action(async (file: string, { dataDir }: { dataDir: string }) => {
      if (existsSync(file)) throw new Error(`${file} is there already. Name another file.`);
      if (!existsSync(databaseFile(dataDir))) throw new Error(`There is no database in ${dataDir}.`);
      await RestoreStore.copy(databaseFile(dataDir), file);
      checkDatabase(file);
      process.stdout.write(
        `${file} holds all messages and settings. Keep the key file of ${dataDir} with it: without that the PINs in it cannot be read.\n`,
      );
    });
}

/** `postern restore FILE`: puts a copy in the place of the database, which is kept beside it. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a copy in the place of the database; the gateway must be stopped')
    .argument('<file>', 'what "backup" wrote')
    .addOption(dataDirOption())
    .action((file: string, { dataDir }: { dataDir: string }) => {
      if (!existsSync(file)) throw new Error(`There is no ${file}.`);
      if (isLocked(join(dataDir, 'postern.lock')))
        throw new Error(`A gateway serves from ${dataDir}. Stop it first.`);
      checkDatabase(file);
      const kept = putInPlace(file, databaseFile(dataDir));
      process.stdout.write(
        `${file} is in place${kept ? `; what was there before is kept as ${kept}` : ''}. After the start nothing is sent until you say "postern queue release" or "postern queue discard".\n`,
      );
    });
}

/** The name under which the former database is kept, if there was one. */
function putInPlace(file: string, database: string): string | undefined {
  const fresh = `${database}.fresh`;
  copyFileSync(file, fresh);
  const kept = `${database}.before-restore-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
  const wasThere = existsSync(database);
  for (const ending of ['', '-wal', '-shm'])
    if (existsSync(database + ending)) renameSync(database + ending, kept + ending);
  for (const ending of ['-wal', '-shm']) rmSync(fresh + ending, { force: true });
  renameSync(fresh, database);
  return wasThere ? kept : undefined;
}
