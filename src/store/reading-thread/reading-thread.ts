import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../../clock.ts';
import type { MessageQuery } from '../../contract/message-query.ts';
import type { Logger } from '../../log.ts';
import type { MessagePage } from '../message-log.ts';
import { StoreError } from '../store-error.ts';
import type { Answer, Question, ThreadOptions } from './question.ts';

/** A thread that nobody has asked for so long is ended: it takes some megabytes. */
const idleMs = 60_000;

/** The thread's program: beside this file in the source, and one folder below `dist/` in the build, as all of it. */
const entry = import.meta.url.endsWith('.ts')
  ? new URL('./entry.ts', import.meta.url)
  : new URL('../gateway/reading-thread.js', import.meta.url);

/** It holds a page at a time; left to itself, V8 would take far more for it. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

interface Waiting {
  readonly query: MessageQuery;
  readonly resolve: (page: MessagePage | undefined) => void;
  readonly reject: (error: Error) => void;
  /** The thread ended over it once. */
  readonly again: boolean;
}

/** There is no thread to ask: it breaks down again and again, or has been stopped. */
export class NoThread extends Error {
  constructor() {
    super('There is no reading thread.');
    this.name = 'NoThread';
  }
}

/**
 * Reads pages of the log that take long, beside the main thread. The thread is started when it is first asked and ended
 * when it has been idle; when it breaks down, what it was asked is asked of a new one, once.
 */
export class ReadingThread {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: Timer | undefined;
  #asked = 0;
  #isStopped = false;

  constructor(file: string, clock: Clock, log: Logger) {
    this.#file = file;
    this.#clock = clock;
    this.#log = log;
  }

  /** Undefined when the query's `after` names no message. Rejects with `NoThread` where there can be no thread. */
  page(query: MessageQuery): Promise<MessagePage | undefined> {
    return new Promise((resolve, reject) => this.#ask({ query, resolve, reject, again: false }));
  }

  /** Answers what it was asked, and nothing any more; resolves when the thread has let go of the database. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const worker = this.#worker;
    if (!worker) return;
    const ended = once(worker, 'exit');
    this.#end();
    await ended;
  }

  #ask(waiting: Waiting): void {
    if (this.#isStopped) return waiting.reject(new NoThread());
    this.#idle?.cancel();
    const id = ++this.#asked;
    this.#waiting.set(id, waiting);
    const question: Question = { id, query: waiting.query };
    this.#running().postMessage(question);
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const workerData: ThreadOptions = { file: this.#file };
    const worker = new Worker(entry, { workerData, execArgv: [], resourceLimits });
    this.#worker = worker;
    worker.on('message', (answer: Answer) => this.#onAnswer(answer));
    worker.on('error', (error) => this.#log.warn({ err: error }, 'the reading thread broke down'));
    worker.on('exit', () => this.#onExit(worker));
    return worker;
  }

  #onAnswer({ id, page, failure }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!failure) waiting?.resolve(page);
    else
      waiting?.reject(
        failure.code ? new StoreError(failure.code, failure.message) : new Error(failure.message),
      );
    if (this.#waiting.size === 0 && !this.#isStopped)
      this.#idle = this.#clock.after(idleMs, () => this.#end());
  }

  /** Told to end rather than ended, so that it closes its connection. */
  #end(): void {
    const worker = this.#worker;
    this.#letGo();
    worker?.postMessage('end');
  }

  #letGo(): void {
    this.#idle?.cancel();
    this.#worker = undefined;
  }

  #onExit(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#letGo();
    const asked = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of asked) {
      if (waiting.again) waiting.reject(new NoThread());
      else this.#ask({ ...waiting, again: true });
    }
  }
}
