import { Command, Option } from 'commander';
import type { z } from 'zod';
import { systemClock } from '../clock.ts';
import { databaseFile, defaultDataDir } from '../config.ts';
import { type ApiKey, type NewKey, newKey, scopes } from '../contract/key.ts';
import { silentLog } from '../log.ts';
import { Database } from '../store/database.ts';
import { KeyStore } from '../store/key-store.ts';

/** `postern keys create | list | revoke`: works on the database itself, also while a gateway serves from it. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('make, list and revoke API keys');
  keys
    .command('create')
    .description('make a key and print it: it is shown only this once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--scope <scopes>', `any of ${scopes.join(',')}, separated by commas`)
    .addOption(dataDirOption())
    .action((options: { name: string; scope?: string; dataDir: string }, command: Command) => {
      const wanted = parseNewKey(options, command);
      withKeys(options.dataDir, command, (store) => print(store.create(wanted).key));
    });
  keys
    .command('list')
    .description('list the keys, by their first characters')
    .addOption(dataDirOption())
    .action((options: { dataDir: string }, command: Command) => {
      withKeys(options.dataDir, command, (store) => print(table(store.list())));
    });
  keys
    .command('revoke')
    .description('make a key invalid for good')
    .argument('<id>', 'the id that "keys list" shows')
    .addOption(dataDirOption())
    .action((id: string, options: { dataDir: string }, command: Command) => {
      withKeys(options.dataDir, command, (store) => revoke(store, id));
    });
  return keys;
}

function dataDirOption(): Option {
  return new Option('--data-dir <dir>', 'where the database lies')
    .env('POSTERN_DATA_DIR')
    .default(defaultDataDir());
}

function parseNewKey(options: { name: string; scope?: string }, command: Command): NewKey {
  const wanted = newKey.safeParse({
    name: options.name,
    scopes: options.scope?.split(',').map((word) => word.trim()),
  });
  if (wanted.success) return wanted.data;
  return command.error(`error: ${wanted.error.issues.map(describe).join('\n')}`);
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.path[0] === 'scopes') return `--scope takes ${scopes.join(', ')}, separated by commas`;
  return `--name ${issue.message}`;
}

function withKeys(dataDir: string, command: Command, use: (store: KeyStore) => void): void {
  try {
    const database = Database.open(databaseFile(dataDir));
    try {
      use(new KeyStore(database, systemClock, silentLog));
    } finally {
      database.close();
    }
  } catch (error) {
    command.error(`error: ${(error as Error).message}`);
  }
}

function revoke(store: KeyStore, id: string): void {
  if (store.revoke(id)) return print(`The key ${id} is revoked.`);
  const known = store.list().some((key) => key.id === id);
  throw new Error(
    known ? `The key ${id} was revoked before.` : `There is no key ${id}. "keys list" shows them.`,
  );
}

const columns: readonly [string, (key: ApiKey) => string][] = [
  ['ID', (key) => key.id],
  ['NAME', (key) => printable(key.name)],
  ['KEY', (key) => `${key.prefix}…`],
  ['SCOPES', (key) => key.scopes.join(',')],
  ['CREATED', (key) => key.created_at],
  ['LAST USED', (key) => key.last_used_at ?? 'never'],
  ['REQUESTS', (key) => String(key.request_count)],
  ['STATE', (key) => (key.revoked_at === null ? 'valid' : `revoked ${key.revoked_at}`)],
];

function table(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return 'There are no keys yet. "keys create --name NAME" makes one.';
  const rows = [columns.map(([title]) => title), ...keys.map((key) => columns.map(([, cell]) => cell(key)))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A name may hold anything; control characters in it must not reach the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\u{FFFD}');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
