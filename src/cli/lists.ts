import { Argument, Command } from 'commander';
import { type NumberList, newListEntry, numberLists } from '../contract/number-list.ts';
import type { Database } from '../store/database.ts';
import { NumberListStore } from '../store/number-list-store.ts';
import { dataDirOption, withDatabase } from './data-dir.ts';
import { asOperator } from './operator.ts';
import { sentenceOf } from './settings.ts';
import { table } from './table.ts';

interface Options {
  readonly dataDir: string;
  readonly note?: string;
}

/** So many are read at once, however long a list is. */
const pageLength = 1_000;

/** `postern lists show | add | remove`: works on the database itself, also while a gateway serves from it. */
export function listsCommand(): Command {
  const lists = new Command('lists').description(
    'numbers that are not heard or written to, those that are, and who wants no more texts',
  );
  lists
    .command('show')
    .description('show a list')
    .addArgument(listArgument())
    .addOption(dataDirOption())
    .action((list: NumberList, { dataDir }: Options) =>
      print(withLists(dataDir, (store) => show(store, list))),
    );
  lists
    .command('add')
    .description('put a number on a list')
    .addArgument(listArgument())
    .argument(
      '<number>',
      'for example +14155553000; on the first two also a name, or first digits such as +4915*',
    )
    .option('--note <note>', 'why it is there')
    .addOption(dataDirOption())
    .action((list: NumberList, number: string, { dataDir, note }: Options) =>
      print(withLists(dataDir, (store, database) => add(store, database, list, number, note))),
    );
  lists
    .command('remove')
    .description('take a number off a list')
    .addArgument(listArgument())
    .argument('<number>', 'as "lists show" shows it')
    .addOption(dataDirOption())
    .action((list: NumberList, number: string, { dataDir }: Options) =>
      print(withLists(dataDir, (store, database) => remove(store, database, list, number))),
    );
  return lists;
}

function listArgument(): Argument {
  return new Argument('<list>', 'which list').choices(numberLists);
}

function withLists<Result>(
  dataDir: string,
  use: (store: NumberListStore, database: Database) => Result,
): Result {
  return withDatabase(dataDir, (database) => use(new NumberListStore(database), database));
}

function show(store: NumberListStore, list: NumberList): string {
  const rows: string[][] = [];
  for (let offset = 0; ; offset += pageLength) {
    const { entries } = store.page(list, pageLength, offset);
    rows.push(...entries.map((entry) => [entry.number, entry.source, entry.created_at, entry.note ?? '']));
    if (entries.length < pageLength) break;
  }
  return rows.length === 0
    ? `Nothing is on the list "${list}".`
    : table(['NUMBER', 'BY', 'SINCE', 'NOTE'], rows);
}

function add(
  store: NumberListStore,
  database: Database,
  list: NumberList,
  number: string,
  note = '',
): string {
  const entry = newListEntry[list].safeParse({ number, note: note === '' ? null : note });
  if (!entry.success) throw new Error(entry.error.issues.map(sentenceOf).join('\n'));
  const act = { action: 'list.add', target: list, details: entry.data } as const;
  const { number: kept } = asOperator(database, act, () =>
    store.add(list, { ...entry.data, source: 'person' }, Date.now()),
  );
  return `${kept} is on the list "${list}".`;
}

function remove(store: NumberListStore, database: Database, list: NumberList, number: string): string {
  const act = { action: 'list.remove', target: list, details: { number } } as const;
  asOperator(database, act, () => {
    if (!store.remove(list, number)) throw new Error(`${number} is not on the list "${list}".`);
  });
  return `${number} is no longer on the list "${list}".`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
