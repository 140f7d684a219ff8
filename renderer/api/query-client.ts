import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { sessionQuery } from './queries.ts';

const mostRetries = 2;

/** Keeps what was read. Any answer of 401 means that the session is over, whichever screen hears it first. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isStatus(error, 401)) client.setQueryData(sessionQuery.queryKey, 'signed-out');
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: 'always',
        retry: (failures, error) => failures < mostRetries && isStatus(error, 0),
      },
    },
  });
  return client;
}

function isStatus(error: Error, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}
