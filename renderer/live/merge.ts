import type { Message } from '../../src/contract/message.ts';
import type { ModemView } from '../../src/contract/modem.ts';
import type { Page } from '../api/client.ts';
import type { LogQuery } from '../api/queries.ts';
import type { LogFilter } from '../shell/route.ts';

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
  const fits = isShown(changed) && passes(query.filter, changed);
  const known = page.data.some((message) => message.message_id === changed.message_id);
  if (known) return fits ? replace(page, changed) : remove(page, query, changed);
  return fits && isPlain(query.filter) && query.page === 1 && reachesPage(page, query, changed)
    ? insert(page, query, changed)
    : page;
}

/** The log leaves out what another message has replaced, and what a telephone would not show. */
function isShown(message: Message): boolean {
  return message.replaced_by === undefined && message.kind !== 'silent';
}

/** As far as it can be told from the message alone. */
function passes({ status, direction }: LogFilter, message: Message): boolean {
  return (
    (status === undefined || status === message.status) &&
    (direction === undefined || direction === message.direction)
  );
}

/** Words, numbers and days are for the gateway to compare: what passes them is read again, not guessed. */
function isPlain({ q, number, from_date, to_date }: LogFilter): boolean {
  return [q, number, from_date, to_date].every((part) => part === undefined);
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

/** Above those of its own second: it was heard of later. */
function insert(page: Page<Message>, query: LogQuery, changed: Message): Page<Message> {
  const place = page.data.findIndex((message) => message.created_at <= changed.created_at);
  const at = place < 0 ? page.data.length : place;
  const data = page.data.toSpliced(at, 0, changed).slice(0, query.perPage);
  return { data, meta: countedAs(page.meta.total + 1, page, query) };
}

/**
 * Whether a message that is not on the page belongs there: certainly where there is room, or where it is newer than
 * one that is. One of the same second as the last is left to the next reading.
 */
function reachesPage(page: Page<Message>, query: LogQuery, changed: Message): boolean {
  const last = page.data.at(-1);
  return last === undefined || page.data.length < query.perPage || changed.created_at > last.created_at;
}

function countedAs(total: number, page: Page<Message>, query: LogQuery): Page<Message>['meta'] {
  return { ...page.meta, total, total_pages: Math.ceil(total / query.perPage) };
}
