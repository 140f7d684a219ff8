import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AuditEntry } from '../../src/contract/audit.ts';
import type { BatchView } from '../../src/contract/batch.ts';
import type { ApiKey } from '../../src/contract/key.ts';
import type { Message } from '../../src/contract/message.ts';
import type { ListEntry, NumberList } from '../../src/contract/number-list.ts';
import type { PasswordView } from '../../src/contract/session.ts';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import type { DeliveryView, WebhookView } from '../../src/contract/webhook.ts';
import { type Page, readOne, readPage, readWhole } from './client.ts';

const rows = 100;

export const batchesQuery = infiniteQueryOptions({
  queryKey: ['batches'],
  queryFn: ({ pageParam, signal }) =>
    readPage<BatchView>('/v1/batches', { page: pageParam, per_page: 10 }, signal),
  initialPageParam: 1,
  getNextPageParam: nextOf,
});

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => readWhole<ApiKey>('/v1/keys', signal),
});

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => readWhole<WebhookView>('/v1/webhooks', signal),
});

export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', id] as const,
    queryFn: ({ pageParam, signal }) =>
      readPage<DeliveryView>(`/v1/webhooks/${id}/deliveries`, { page: pageParam, per_page: 50 }, signal),
    initialPageParam: 1,
    getNextPageParam: nextOf,
    refetchInterval: 10_000,
  });

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => readOne<GatewaySettings>('/v1/settings', signal),
});

export const passwordsQuery = queryOptions({
  queryKey: ['passwords'],
  queryFn: ({ signal }) => readOne<readonly PasswordView[]>('/v1/passwords', signal),
});

export const listQuery = (list: NumberList) =>
  queryOptions({
    queryKey: ['list', list] as const,
    queryFn: ({ signal }) => readWhole<ListEntry>(`/v1/lists/${list}`, signal),
  });

export const auditQuery = (page: number) =>
  queryOptions({
    queryKey: ['audit', page] as const,
    queryFn: ({ signal }) => readPage<AuditEntry>('/v1/audit', { page, per_page: 50 }, signal),
  });

/** The messages of one number, those that hold some words, or all, newest first, a page at a time. */
export const threadQuery = (filter: { readonly number?: string; readonly q?: string } = {}) =>
  infiniteQueryOptions({
    queryKey: ['thread', filter] as const,
    queryFn: ({ pageParam, signal }) =>
      readPage<Message>('/v1/sms', { ...filter, page: pageParam, per_page: rows }, signal),
    initialPageParam: 1,
    getNextPageParam: nextOf,
  });

function nextOf({ meta }: Page<unknown>): number | undefined {
  return meta.page < meta.total_pages ? meta.page + 1 : undefined;
}

/** What was read of a list so far. While more comes in, what has shifted to the next page is on both. */
export function readSoFar<Item>(
  { pages }: { readonly pages: readonly Page<Item>[] },
  nameOf: (item: Item) => string,
): readonly Item[] {
  return [
    ...new Map(pages.flatMap(({ data }) => data.map((item) => [nameOf(item), item] as const))).values(),
  ];
}
