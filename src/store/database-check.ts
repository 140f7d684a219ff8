import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Beside the main thread, which serves meanwhile: a large database takes minutes to be read. */
const program = `
  const { parentPort, workerData: { library, file } } = require('node:worker_threads');
  try {
    const connection = new (require(library))(file, { readonly: true, fileMustExist: true, timeout: 5000 });
    const found = connection.pragma('quick_check(3)').map((row) => Object.values(row)[0]);
    connection.close();
    parentPort.postMessage(found.join('; '));
  } catch (error) {
    parentPort.postMessage(error.message);
  }
`;

/** What is wrong with a database, in SQLite's words; undefined where it is sound. */
export function findDamage(file: string): Promise<string | undefined> {
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: { library, file } });
    worker.once('message', (found: string) => resolve(found === 'ok' ? undefined : found));
    worker.once('error', reject);
    worker.unref();
  });
}
