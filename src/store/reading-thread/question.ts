import type { MessageQuery } from '../../contract/message-query.ts';
import type { MessagePage } from '../message-log.ts';
import type { StoreErrorCode } from '../store-error.ts';

/** What the gateway asks of the reading thread; `id` comes back with the answer. */
export interface Question {
  readonly id: number;
  readonly query: MessageQuery;
}

/** `page` is undefined where the query's `after` names no message; `failure` says why the page could not be read. */
export interface Answer {
  readonly id: number;
  readonly page?: MessagePage | undefined;
  readonly failure?: { readonly code: StoreErrorCode | undefined; readonly message: string };
}

/** What the thread is started with. */
export interface ThreadOptions {
  readonly file: string;
}
