import { closeSync, openSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { inWords } from '../database.ts';
import { migrations } from '../migrations/index.ts';
import { copyMark } from '../restore-store.ts';
import { StoreError } from '../store-error.ts';

/** How a copy is watched and cut short. */
export interface CopyOptions {
  /** Told again and again how much is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** So many pages are copied between two words about the progress. */
const pagesAtOnce = 500;

/**
 * Runs beside the main thread, which serves meanwhile. All is read in one transaction: what others write while it lasts
 * is not in the copy, and does not make it begin anew. The copy is one file, knows that it is a copy, and was read back.
 */
const program = `
  const { parentPort, workerData: { library, from, file, mark, pagesAtOnce } } = require('node:worker_threads');
  const Sqlite = require(library);
  async function copy() {
    const source = new Sqlite(from, { readonly: true, fileMustExist: true, timeout: 5000 });
    source.exec('BEGIN');
    const tables = source.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('messages', 'settings')").pluck().get();
    const version = source.pragma('user_version', { simple: true });
    if (tables < 2) return parentPort.postMessage({ foreign: true });
    await source.backup(file, { progress({ totalPages, remainingPages }) {
      parentPort.postMessage({ share: totalPages === 0 ? 0 : 1 - remainingPages / totalPages });
      return pagesAtOnce;
    } });
    source.close();
    const made = new Sqlite(file);
    made.pragma('journal_mode = DELETE');
    made.prepare("INSERT OR REPLACE INTO settings (name, value) VALUES (?, 'true')").run(mark);
    const found = made.pragma('quick_check(1)', { simple: true });
    made.close();
    parentPort.postMessage({ done: true, version, found });
  }
  copy().catch(({ code, message }) => parentPort.postMessage({ code, message }));
`;

interface Told {
  readonly share?: number;
  readonly foreign?: true;
  readonly done?: true;
  readonly version?: number;
  readonly found?: string;
  readonly code?: string;
  readonly message?: string;
}

/**
 * Writes a copy of a database, also while a gateway writes to it. Where anything goes wrong nothing is left of it.
 *
 * @param file where to; it must not be there yet
 * @throws StoreError what is wrong with the original, or with the place for the copy
 */
export async function copyDatabase(from: string, file: string, options: CopyOptions = {}): Promise<void> {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    throw inWords(error, file);
  }
  try {
    judge(await run(from, file, options), from);
  } catch (error) {
    rmSync(file, { force: true });
    rmSync(`${file}-journal`, { force: true });
    throw error;
  }
}

function run(from: string, file: string, { onProgress, signal }: CopyOptions): Promise<Told> {
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      eval: true,
      workerData: { library, from, file, mark: copyMark, pagesAtOnce },
    });
    let outcome: Told | undefined;
    const cut = () => void worker.terminate();
    signal?.addEventListener('abort', cut);
    worker.on('message', (told: Told) => {
      if (told.share === undefined) outcome = told;
      else onProgress?.(told.share);
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal?.removeEventListener('abort', cut);
      if (outcome) resolve(outcome);
      else reject(new StoreError('unwritable', `The copy ${file} was cut short.`));
    });
    if (signal?.aborted) cut();
  });
}

function judge({ foreign, version = 0, found, code, message }: Told, from: string): void {
  if (foreign) throw new StoreError('corrupt', `${from} is not a Postern database.`);
  if (message !== undefined) throw inWords(Object.assign(new Error(message), { code }), from);
  if (version > migrations.length) {
    throw new StoreError(
      'newer',
      `${from} was written by a newer Postern. Install that version or a later one.`,
    );
  }
  if (found !== 'ok') throw new StoreError('corrupt', `${from} is damaged (${found}). Use another backup.`);
}
