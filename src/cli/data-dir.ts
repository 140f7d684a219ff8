import { Option } from 'commander';
import { databaseFile, defaultDataDir } from '../config.ts';
import { Database } from '../store/database.ts';

/** `--data-dir`, as every command has it. */
export function dataDirOption(): Option {
  return new Option('--data-dir <dir>', 'where the database lies')
    .env('POSTERN_DATA_DIR')
    .default(defaultDataDir());
}

/** Runs `use` on the database of a data directory and closes it, also while a gateway serves from it. */
export function withDatabase<Result>(dataDir: string, use: (database: Database) => Result): Result {
  const database = Database.open(databaseFile(dataDir));
  try {
    return use(database);
  } finally {
    database.close();
  }
}
