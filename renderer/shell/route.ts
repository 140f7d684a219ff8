import { useSyncExternalStore } from 'react';
import type { MessageStatus } from '../../src/contract/message.ts';

/** Where the reader is. The filter is part of it, so that an address can be kept as a bookmark. */
export type Route =
  | { readonly screen: 'overview' }
  | { readonly screen: 'messages'; readonly page: number; readonly status?: MessageStatus | undefined };

export type Screen = Route['screen'];

/** The statuses in the order of a message's life; the compiler sees to it that none is forgotten. */
export const statuses = Object.keys({
  queued: 0,
  dispatched: 0,
  sent: 0,
  delivered: 0,
  failed: 0,
  received: 0,
} satisfies Record<MessageStatus, 0>) as MessageStatus[];

/** Reads an address within the pages, `/messages?status=failed`; what it does not know is the overview. */
export function parseRoute(address: string): Route {
  const [path, search] = address.split('?', 2);
  if (path !== '/messages') return { screen: 'overview' };
  const query = new URLSearchParams(search);
  const status = statuses.find((one) => one === query.get('status'));
  return { screen: 'messages', page: pageOf(query.get('page')), ...(status && { status }) };
}

/** The address of a route, for a link. */
export function hrefOf(route: Route): string {
  if (route.screen === 'overview') return '/';
  const query = new URLSearchParams();
  if (route.status) query.set('status', route.status);
  if (route.page > 1) query.set('page', String(route.page));
  return query.size === 0 ? '/messages' : `/messages?${query}`;
}

/** Goes to a route without loading the page anew. */
export function goTo(route: Route): void {
  window.history.pushState(null, '', hrefOf(route));
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** The route of the address bar, followed as it changes. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, readAddress));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

function readAddress(): string {
  return window.location.pathname + window.location.search;
}

function pageOf(value: string | null): number {
  return value && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : 1;
}
