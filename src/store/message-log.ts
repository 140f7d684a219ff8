import type { Message } from '../contract/message.ts';
import type { MessageQuery } from '../contract/message-query.ts';
import type { Database } from './database.ts';
import { filterOf } from './message-filter.ts';
import { type MessageRow, messageColumns, toMessage } from './message-row.ts';
import { costly, PageReading } from './page-reading.ts';
import { PresentCounts } from './present-counts.ts';
import { RememberedFinds } from './remembered-finds.ts';

/** One page of the log and how many messages there are on all pages. */
export interface MessagePage {
  readonly data: Message[];
  readonly total: number;
}

/** The messages as they are read over the API: one by its id, or pages of what a query asks for. */
export class MessageLog {
  readonly #database: Database;
  readonly #counts: PresentCounts;
  readonly #finds: RememberedFinds;

  constructor(database: Database) {
    this.#database = database;
    this.#counts = new PresentCounts(database);
    this.#finds = new RememberedFinds(database);
  }

  find(messageId: string): Message | undefined {
    const row = this.#database
      .prepare<[string], MessageRow>(`SELECT ${messageColumns} FROM messages WHERE message_id = ?`)
      .get(messageId);
    return row && toMessage(row);
  }

  /**
   * Newest first; with `after` the messages newer than that one, oldest first. By `seq`, which a clock that was
   * set back cannot reorder. Undefined when `after` names no message.
   */
  page(query: MessageQuery): MessagePage | undefined {
    const page = this.pageWithin(query, Number.POSITIVE_INFINITY);
    return page === costly ? undefined : page;
  }

  /** The same, or `costly` where more than about `mostReads` messages would have to be read for it. */
  pageWithin(query: MessageQuery, mostReads: number): MessagePage | undefined | typeof costly {
    return this.#database.snapshot(() => this.#pageWithin(query, mostReads));
  }

  #pageWithin(query: MessageQuery, mostReads: number): MessagePage | undefined | typeof costly {
    const after = query.after === undefined ? undefined : this.#sequenceOf(query.after);
    if (query.after !== undefined && after === undefined) return undefined;
    const counts = this.#counts.get();
    if (mostReads < Number.POSITIVE_INFINITY && counts.areMany) return costly;
    const filter = filterOf(query, after, counts.hidesAny);
    const slice = { offset: (query.page - 1) * query.per_page, limit: query.per_page };
    const page = new PageReading(this.#database, counts, this.#finds, filter, slice, mostReads).page();
    return page === costly ? costly : { data: page.rows.map(toMessage), total: page.total };
  }

  #sequenceOf(messageId: string): number | undefined {
    return this.#database
      .prepare<[string], { seq: number }>('SELECT seq FROM messages WHERE message_id = ?')
      .get(messageId.toLowerCase())?.seq;
  }
}
