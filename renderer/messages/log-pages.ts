import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Message } from '../../src/contract/message.ts';
import type { Page } from '../api/client.ts';
import { logQuery } from '../api/queries.ts';
import type { LogFilter } from '../shell/route.ts';

export const rowsOnPage = 100;

/** Where in the log, from 0, which message stands; undefined for one that is not read yet. */
export type MessageAt = (index: number) => Message | undefined;

/** The messages of the pages that hold the rows `from` to `to`. A page that comes in is many rows: drawn bit by bit. */
export function useMessages(first: Page<Message>, filter: LogFilter, from: number, to: number): MessageAt {
  const firstPage = Math.floor(from / rowsOnPage) + 1;
  const lastPage = Math.floor(to / rowsOnPage) + 1;
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, place) => firstPage + place);
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
