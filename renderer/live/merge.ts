import type { Message } from '../../src/contract/message.ts';
import type { ModemView } from '../../src/contract/modem.ts';
import type { Page } from '../api/client.ts';
import type { LogQuery } from '../api/queries.ts';

/** The modems with one of them new or changed; each keeps its place. */
export function mergeModem(modems: readonly ModemView[], changed: ModemView): readonly ModemView[] {
  const known = modems.some((modem) => modem.id === changed.id);
  return known ? modems.map((modem) => (modem.id === changed.id ? changed : modem)) : [...modems, changed];
}

/**
 * A page of the log after one message is new or has changed. A new one enters the first page and pushes the last one
 * out; one that no longer fits the query leaves; what belongs to another page changes nothing here.
 */
export function mergeMessage(page: Page<Message>, query: LogQuery, changed: Message): Page<Message> {
  const fits = query.status === undefined || query.status === changed.status;
  const known = page.data.some((message) => message.message_id === changed.message_id);
  if (known) return fits ? replace(page, changed) : remove(page, query, changed);
  return fits && query.page === 1 && reachesPage(page, query, changed) ? insert(page, query, changed) : page;
}

function replace(page: Page<Message>, changed: Message): Page<Message> {
  return {
    ...page,
    data: page.data.map((message) => (message.message_id === changed.message_id ? changed : message)),
  };
}

function remove(page: Page<Message>, query: LogQuery, changed: Message): Page<Message> {
  const data = page.data.filter((message) => message.message_id !== changed.message_id);
  return { data, meta: countedAs(page.meta.total - 1, page, query) };
}

function insert(page: Page<Message>, query: LogQuery, changed: Message): Page<Message> {
  const data = [...page.data, changed].sort(newestFirst).slice(0, query.perPage);
  return { data, meta: countedAs(page.meta.total + 1, page, query) };
}

function reachesPage(page: Page<Message>, query: LogQuery, changed: Message): boolean {
  const last = page.data.at(-1);
  return last === undefined || page.data.length < query.perPage || newestFirst(changed, last) < 0;
}

function countedAs(total: number, page: Page<Message>, query: LogQuery): Page<Message>['meta'] {
  return { ...page.meta, total, total_pages: Math.ceil(total / query.perPage) };
}

/** The API's own order: by time, then by id. */
function newestFirst(one: Message, other: Message): number {
  return other.created_at.localeCompare(one.created_at) || (other.message_id > one.message_id ? 1 : -1);
}
