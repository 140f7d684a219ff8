import { Worker } from 'node:worker_threads';

/** A person's pattern can be written so that it takes for ever on some text: so long it may. */
const longestMs = 2_000;

const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { runInNewContext } = require('node:vm');
  const script = "const found = new RegExp(pattern, 'u').exec(text); found ? String(found[1] ?? found[0]) : undefined";
  parentPort.postMessage(runInNewContext(script, workerData, { timeout: ${longestMs} }));
`;

/**
 * What a pattern finds in a text: its first group where it has one; undefined where it finds nothing, is no regular
 * expression, or does not come to an end. It is searched for beside the main thread, which must not stand still.
 */
export function searchPattern(text: string, pattern: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { eval: true, workerData: { text, pattern } });
    worker.once('message', resolve);
    worker.once('error', () => resolve(undefined));
    worker.once('exit', () => resolve(undefined));
    worker.unref();
  });
}
