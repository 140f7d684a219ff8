import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Message } from '../../src/contract/message.ts';
import type { Page } from '../api/client.ts';
import { logQuery, rowsOnPage } from '../api/queries.ts';
import type { LogFilter } from '../shell/route.ts';

/** Where in the log, from 0, which message stands; undefined for one that is not read yet. */
export type MessageAt = (index: number) => Message | undefined;

/** Who has left the newest rows reads on: so many rows on either side are read before they come in sight. */
const rowsAhead = 80;

/** The messages of the pages that hold the rows `from` to `to`. A page that comes in is many rows: drawn bit by bit. */
export function useMessages(first: Page<Message>, filter: LogFilter, from: number, to: number): MessageAt {
  const numbers = pagesFor(from, to, first.meta.total);
  const read = useQueries({
    queries: numbers.map((page) => logQuery({ page, perPage: rowsOnPage, filter })),
    combine: dataOf,
  });
  const pages = useDeferredValue(read);
  return (index) => {
    const number = Math.floor(index / rowsOnPage) + 1;
    const page = number === 1 ? first : pages.find((one) => one?.meta.page === number);
    return page?.data[index % rowsOnPage];
  };
}

/** The numbers of the pages to read, from 1. */
export function pagesFor(from: number, to: number, total: number): number[] {
  const ahead = from > 0 ? rowsAhead : 0;
  const firstPage = Math.floor(Math.max(from - ahead, 0) / rowsOnPage) + 1;
  const lastPage = Math.floor(Math.min(to + ahead, Math.max(total - 1, to)) / rowsOnPage) + 1;
  return Array.from({ length: lastPage - firstPage + 1 }, (_, place) => firstPage + place);
}

function dataOf(results: readonly UseQueryResult<Page<Message>>[]): readonly (Page<Message> | undefined)[] {
  return results.map(({ data }) => data);
}

/**
 * Where a message stands now: near one of the places where it is to be expected, as others may have come in above it; the
 * first of these if it is not found.
 */
export function placeOf(messageAt: MessageAt, id: string, expected: readonly [number, ...number[]]): number {
  for (const near of expected) {
    for (let distance = 0; distance <= rowsOnPage; distance++) {
      for (const index of [near + distance, near - distance]) {
        if (index >= 0 && messageAt(index)?.message_id === id) return index;
      }
    }
  }
  return expected[0];
}
