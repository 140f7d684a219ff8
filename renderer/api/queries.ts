import { queryOptions } from '@tanstack/react-query';
import type { Message, MessageDirection, MessageStatus } from '../../src/contract/message.ts';
import type { ModemView, OwnNumber } from '../../src/contract/modem.ts';
import type { QueueState } from '../../src/contract/queue.ts';
import type { SessionView, Setup } from '../../src/contract/session.ts';
import type { Stats } from '../../src/contract/stats.ts';
import type { MessagePdu, Story } from '../../src/contract/story.ts';
import { localMidnight, utcDay } from '../elements/moment.ts';
import type { LogFilter } from '../shell/route.ts';
import { ApiError, queryString, readOne, readPage, readWhole } from './client.ts';

/** A safety net under the event stream, and what turns "today" over at midnight. */
const rereadEveryMs = 60_000;
const dayMs = 86_400_000;

/** The most failures of a day that are looked at one by one. */
export const mostFailures = 100;

/** Which page of the log, and of which messages. */
export interface LogQuery {
  readonly page: number;
  readonly perPage: number;
  readonly filter: LogFilter;
}

/** Who this browser is signed in as. An answer of 401 is a "no", not a failure. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionView | 'signed-out'> => {
    try {
      return await readOne<SessionView>('/v1/session', signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return 'signed-out';
      throw error;
    }
  },
});

/** What may be known before anybody has signed in. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => readOne<Setup>('/v1/setup', signal),
});

export const modemsQuery = queryOptions({
  queryKey: ['modems'],
  queryFn: ({ signal }) => readAll<ModemView>('/v1/modems', signal),
  refetchInterval: rereadEveryMs,
});

export const numbersQuery = queryOptions({
  queryKey: ['numbers'],
  queryFn: ({ signal }) => readAll<OwnNumber>('/v1/numbers', signal),
});

/** Messages on a page of the log as it is read for the screen. */
export const rowsOnPage = 100;

export const logQuery = (query: LogQuery) =>
  queryOptions({
    queryKey: ['messages', query] as const,
    queryFn: ({ signal }) =>
      readPage<Message>('/v1/sms', { ...query.filter, page: query.page, per_page: query.perPage }, signal),
  });

/** The newest messages that pass the filter. */
export const newestQuery = (filter: LogFilter) => logQuery({ page: 1, perPage: rowsOnPage, filter });

/** One message, and what happened to it. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id] as const,
    queryFn: ({ signal }) => readOne<Message>(`/v1/sms/${id}`, signal),
  });

export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: ['story', id] as const,
    queryFn: ({ signal }) => readOne<Story>(`/v1/sms/${id}/events`, signal),
  });

export const pdusQuery = (id: string) =>
  queryOptions({
    queryKey: ['pdus', id] as const,
    queryFn: ({ signal }) => readOne<readonly MessagePdu[]>(`/v1/sms/${id}/pdus`, signal),
  });

/** What a person has to decide before texts leave. */
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: ({ signal }) => readOne<QueueState>('/v1/queue', signal),
});

/** What today and the last 24 hours are counted from, in steps of which one begins at the reader's midnight. */
export const statsQuery = queryOptions({
  queryKey: ['counts', 'stats'],
  queryFn: ({ signal }) => {
    const midnight = localMidnight(Date.now());
    const from = new Date(Math.min(midnight, Date.now() - dayMs)).toISOString();
    const step = new Date(midnight).getTimezoneOffset() % 60 === 0 ? 'hour' : 'quarter_hour';
    return readOne<Stats>(`/v1/stats${queryString({ from, step })}`, signal);
  },
  refetchInterval: rereadEveryMs,
});

/** How many messages go out now, and how many are held back. */
export const waitingQuery = queryOptions({
  queryKey: ['counts', 'waiting'],
  queryFn: async ({ signal }) => {
    const [goingOut, held] = await Promise.all([
      countOf('outbound', 'dispatched', signal),
      countOf('outbound', 'queued', signal),
    ]);
    return { goingOut, held };
  },
});

/** So many of the newest inbound texts are looked at for the ones that nobody has read. */
export const mostLatestReceived = 100;

/** The newest inbound texts, newest first. */
export const latestReceivedQuery = queryOptions({
  queryKey: ['counts', 'latest-received'],
  queryFn: async ({ signal }) => {
    const query = { direction: 'inbound', per_page: mostLatestReceived };
    return (await readPage<Message>('/v1/sms', query, signal)).data;
  },
});

/** The text that came in last, if any did. */
export const lastReceivedQuery = queryOptions({
  ...latestReceivedQuery,
  select: ([latest]: readonly Message[]) => latest ?? null,
});

/**
 * The failed ones of the messages handed in since midnight where the reader is. The API counts in days of UTC, so
 * more is asked for than is kept.
 */
export const failedTodayQuery = queryOptions({
  queryKey: ['counts', 'failed-today'],
  queryFn: async ({ signal }) => {
    const midnight = localMidnight(Date.now());
    const query = {
      direction: 'outbound',
      status: 'failed',
      from_date: utcDay(midnight),
      per_page: mostFailures,
    };
    const page = await readPage<Message>('/v1/sms', query, signal);
    return page.data.filter((message) => Date.parse(message.created_at) >= midnight);
  },
  refetchInterval: rereadEveryMs,
});

async function readAll<Item>(path: string, signal: AbortSignal): Promise<readonly Item[]> {
  return (await readWhole<Item>(path, signal)).data;
}

async function countOf(
  direction: MessageDirection,
  status: MessageStatus,
  signal: AbortSignal,
): Promise<number> {
  const page = await readPage<Message>('/v1/sms', { direction, status, per_page: 1 }, signal);
  return page.meta.total;
}
