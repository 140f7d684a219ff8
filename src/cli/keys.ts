import { Command, Option } from 'commander';
import type { z } from 'zod';
import { systemClock } from '../clock.ts';
import { databaseFile, defaultDataDir } from '../config.ts';
import { type ApiKey, type NewKey, newKey, scopes } from '../contract/key.ts';
import { silentLog } from '../log.ts';
import { Database } from '../store/database.ts';
import { KeyStore } from '../store/key-store.ts';
import { SmppPasswordStore } from '../store/smpp-password-store.ts';
import { asOperator } from './operator.ts';

/** `postern keys create | list | revoke`: works on the database itself, also while a gateway serves from it. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('make, list and revoke API keys');
  keys
    .command('create')
    .description('make a key and print it: it is shown only this once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--scope <scopes>', `any of ${scopes.join(',')}, separated by commas`)
    .option('--expires <time>', 'when it stops to work, for example 2027-01-31T00:00:00Z, or in 90d')
    .option('--allow-from <addresses>', 'where it may be used from, for example 10.0.0.0/8,192.168.1.20')
    .option('--requests-per-minute <n>', 'how many requests it may make in a minute')
    .addOption(dataDirOption())
    .action((options: CreateOptions, command: Command) => {
      const wanted = parseNewKey(options, command);
      withKeys(options.dataDir, command, (store, database) => print(create(store, database, wanted)));
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
      withKeys(options.dataDir, command, (store, database) => revoke(store, database, id));
    });
  keys
    .command('smpp-password')
    .description('make the password of a key for SMPP clients and print it: it is shown only this once')
    .argument('<id>', 'the id that "keys list" shows: the system_id of the client')
    .addOption(dataDirOption())
    .action(async (id: string, { dataDir }: { dataDir: string }) => {
      print(await smppPassword(dataDir, id));
    });
  return keys;
}

/** SMPP has room for eight characters where a key has more than thirty. */
async function smppPassword(dataDir: string, id: string): Promise<string> {
  const database = Database.open(databaseFile(dataDir));
  try {
    const known = new KeyStore(database, systemClock, silentLog).isActive(id);
    if (!known) throw new Error(`There is no valid key ${id}. "keys list" shows them.`);
    const act = { action: 'password.set', target: `smpp ${id}` } as const;
    return await new SmppPasswordStore(database).create(id, (write) => asOperator(database, act, write));
  } finally {
    database.close();
  }
}

function dataDirOption(): Option {
  return new Option('--data-dir <dir>', 'where the database lies')
    .env('POSTERN_DATA_DIR')
    .default(defaultDataDir());
}

interface CreateOptions {
  readonly name: string;
  readonly scope?: string;
  readonly expires?: string;
  readonly allowFrom?: string;
  readonly requestsPerMinute?: string;
  readonly dataDir: string;
}

const flagOf: Readonly<Record<string, string>> = {
  name: '--name',
  expires_at: '--expires',
  allowed_addresses: '--allow-from',
};
const dayMs = 24 * 3_600_000;

function parseNewKey(options: CreateOptions, command: Command): NewKey {
  const wanted = newKey.safeParse({
    name: options.name,
    scopes: listOf(options.scope),
    expires_at: options.expires && momentOf(options.expires),
    allowed_addresses: listOf(options.allowFrom),
    requests_per_minute: options.requestsPerMinute && Number(options.requestsPerMinute),
  });
  if (!wanted.success) return command.error(`error: ${wanted.error.issues.map(describe).join('\n')}`);
  const { expires_at: expiry } = wanted.data;
  if (expiry === null || Date.parse(expiry) > systemClock.now()) return wanted.data;
  return command.error('error: --expires must be in the future');
}

function listOf(text: string | undefined): string[] | undefined {
  return text?.split(',').map((word) => word.trim());
}

/** `90d` as the moment that many days from now; all else as it stands. */
function momentOf(text: string): string {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  return days === undefined ? text : new Date(systemClock.now() + Number(days) * dayMs).toISOString();
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.path[0] === 'scopes') return `--scope takes ${scopes.join(', ')}, separated by commas`;
  if (issue.path[0] === 'expires_at') return '--expires must be a time such as 2027-01-31T00:00:00Z, or 90d';
  if (issue.path[0] === 'requests_per_minute')
    return '--requests-per-minute must be a whole number from 1 to 1000000';
  return `${flagOf[String(issue.path[0])]} ${issue.message}`;
}

function create(store: KeyStore, database: Database, wanted: NewKey): string {
  return asOperator(
    database,
    ({ id }) => ({ action: 'key.create', target: id, details: { ...wanted } }),
    () => store.create(wanted),
  ).key;
}

function withKeys(
  dataDir: string,
  command: Command,
  use: (store: KeyStore, database: Database) => void,
): void {
  try {
    const database = Database.open(databaseFile(dataDir));
    try {
      use(new KeyStore(database, systemClock, silentLog), database);
    } finally {
      database.close();
    }
  } catch (error) {
    command.error(`error: ${(error as Error).message}`);
  }
}

function revoke(store: KeyStore, database: Database, id: string): void {
  const known = store.find(id);
  if (known && known.revoked_at === null) {
    const act = { action: 'key.revoke', target: id, details: { name: known.name } } as const;
    asOperator(database, act, () => store.revoke(id));
    return print(`The key ${id} is revoked.`);
  }
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
  ['STATE', stateOf],
];

function stateOf({ revoked_at, expires_at, allowed_addresses, requests_per_minute }: ApiKey): string {
  if (revoked_at !== null) return `revoked ${revoked_at}`;
  if (expires_at !== null && Date.parse(expires_at) <= systemClock.now()) return `expired ${expires_at}`;
  return [
    expires_at === null ? 'valid' : `valid until ${expires_at}`,
    ...(allowed_addresses.length > 0 ? [`from ${allowed_addresses.join(',')}`] : []),
    ...(requests_per_minute === null ? [] : [`${requests_per_minute} a minute`]),
  ].join(', ');
}

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
