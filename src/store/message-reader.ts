import type { Message } from '../contract/message.ts';
import type { MessageQuery } from '../contract/message-query.ts';
import type { MessageLog, MessagePage } from './message-log.ts';
import { costly } from './page-reading.ts';
import { NoThread, type ReadingThread } from './reading-thread/reading-thread.ts';

/** Reading so many messages takes about a millisecond of the main thread. */
const readsHere = 1_500;

/** Reads the log for the API: at once what takes no time, and all else in the reading thread, so that nothing stalls. */
export class MessageReader {
  readonly #log: MessageLog;
  readonly #thread: Pick<ReadingThread, 'page'>;

  constructor(log: MessageLog, thread: Pick<ReadingThread, 'page'>) {
    this.#log = log;
    this.#thread = thread;
  }

  find(messageId: string): Message | undefined {
    return this.#log.find(messageId);
  }

  /** Undefined when the query's `after` names no message. */
  page(query: MessageQuery): MessagePage | undefined | Promise<MessagePage | undefined> {
    const page = this.#log.pageWithin(query, readsHere);
    return page === costly ? this.#inThread(query) : page;
  }

  /** Where no thread can be had the page is read here: that stalls what else goes on, and is better than no answer. */
  async #inThread(query: MessageQuery): Promise<MessagePage | undefined> {
    try {
      return await this.#thread.page(query);
    } catch (error) {
      if (error instanceof NoThread) return this.#log.page(query);
      throw error;
    }
  }
}
