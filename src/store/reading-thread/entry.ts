/**
 * The reading thread: a program of its own in a worker thread, with a connection that only reads. Each page is read from
 * what was committed when its question came, so a text that was accepted before is among its messages.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Database, inWords } from '../database.ts';
import { MessageLog } from '../message-log.ts';
import { StoreError } from '../store-error.ts';
import type { Answer, Question, ThreadOptions } from './question.ts';

const database = Database.openToRead((workerData as ThreadOptions).file);
const log = new MessageLog(database);

function answerTo({ id, query }: Question): Answer {
  try {
    return { id, page: log.page(query) };
  } catch (error) {
    const inOurs = inWords(error, database.file) as Error;
    return {
      id,
      failure: { code: inOurs instanceof StoreError ? inOurs.code : undefined, message: inOurs.message },
    };
  }
}

parentPort?.on('message', (question: Question | 'end') => {
  if (question !== 'end') return parentPort?.postMessage(answerTo(question));
  database.close();
  parentPort?.close();
});
