import { useMemo, useSyncExternalStore } from 'react';
import type { MessageDirection, MessageStatus } from '../../src/contract/message.ts';
import { afterPaint, usePainted } from './after-paint.ts';

/** Which messages of the log are wanted, by the API's own names; part of the address, so it can be kept as a bookmark. */
export interface LogFilter {
  readonly q?: string;
  readonly number?: string;
  readonly direction?: MessageDirection;
  readonly status?: MessageStatus;
  /** Days, YYYY-MM-DD, in UTC as the API counts them. */
  readonly from_date?: string;
  readonly to_date?: string;
}

export const modemTabs = ['health', 'log', 'console', 'ussd', 'settings'] as const;
export type ModemTab = (typeof modemTabs)[number];

export const settingsTabs = [
  'gateway',
  'network',
  'retention',
  'lists',
  'email',
  'backup',
  'access',
  'audit',
  'diagnostics',
] as const;
export type SettingsTab = (typeof settingsTabs)[number];

/** Where the reader is. */
export type Route =
  | { readonly screen: 'overview' }
  | { readonly screen: 'messages'; readonly filter: LogFilter; readonly open?: string }
  | { readonly screen: 'conversations'; readonly number?: string }
  | { readonly screen: 'compose'; readonly from?: string; readonly to?: string; readonly body?: string }
  | { readonly screen: 'setup' }
  | { readonly screen: 'keys' }
  | { readonly screen: 'webhooks'; readonly id?: string }
  | { readonly screen: 'settings'; readonly tab: SettingsTab }
  | { readonly screen: 'modems' }
  | { readonly screen: 'welcome'; readonly id: string }
  | { readonly screen: 'modem'; readonly id: string; readonly tab: ModemTab };

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

export const directions = Object.keys({
  outbound: 0,
  inbound: 0,
} satisfies Record<MessageDirection, 0>) as MessageDirection[];

/** Reads an address within the pages, `/messages?status=failed`; what it does not know is the overview. */
export function parseRoute(address: string): Route {
  const [path = '', ...search] = address.split('?');
  const [first, ...rest] = path.slice(1).split('/').map(decoded);
  const query = new URLSearchParams(search.join('?'));
  return screens[first as keyof typeof screens]?.(rest, query) ?? { screen: 'overview' };
}

type Reader = (rest: readonly string[], query: URLSearchParams) => Route | undefined;

const screens = {
  messages: (rest, query) => (rest.length > 0 ? undefined : messagesRoute(query)),
  conversations: ([number, ...more]) =>
    more.length > 0 ? undefined : { screen: 'conversations', ...(number && { number }) },
  compose: (rest, query) => {
    if (rest.length > 0) return undefined;
    const [from, to, body] = [query.get('from'), query.get('to'), query.get('body')];
    return { screen: 'compose', ...(from && { from }), ...(to && { to }), ...(body && { body }) };
  },
  setup: (rest) => (rest.length > 0 ? undefined : { screen: 'setup' }),
  keys: (rest) => (rest.length > 0 ? undefined : { screen: 'keys' }),
  webhooks: ([id, ...more]) => (more.length > 0 ? undefined : { screen: 'webhooks', ...(id && { id }) }),
  settings: ([tab = 'gateway', ...more]) => {
    const known = settingsTabs.find((one) => one === tab);
    return known && more.length === 0 ? { screen: 'settings', tab: known } : undefined;
  },
  modems: ([id, tab = 'health', ...more]) => {
    if (id === undefined) return { screen: 'modems' };
    if (tab === 'welcome') return more.length > 0 ? undefined : { screen: 'welcome', id };
    const known = modemTabs.find((one) => one === tab);
    return known && more.length === 0 ? { screen: 'modem', id, tab: known } : undefined;
  },
} as const satisfies Readonly<Record<string, Reader>>;

function messagesRoute(query: URLSearchParams): Route {
  const open = query.get('open');
  return { screen: 'messages', filter: filterOf(query), ...(open && { open }) };
}

/** What the API would not know is left out. */
function filterOf(query: URLSearchParams): LogFilter {
  const q = query.get('q');
  const number = query.get('number');
  const direction = directions.find((one) => one === query.get('direction'));
  const status = statuses.find((one) => one === query.get('status'));
  const from = dayOf(query.get('from_date'));
  const to = dayOf(query.get('to_date'));
  return {
    ...(q && { q }),
    ...(number && { number }),
    ...(direction && { direction }),
    ...(status && { status }),
    ...(from && { from_date: from }),
    ...(to && { to_date: to }),
  };
}

function dayOf(value: string | null): string | undefined {
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** A `%` that begins no escape is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a route, for a link. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'overview':
      return '/';
    case 'messages':
      return `/messages${search({ ...route.filter, open: route.open })}`;
    case 'conversations':
      return route.number ? `/conversations/${encodeURIComponent(route.number)}` : '/conversations';
    case 'compose':
      return `/compose${search({ from: route.from, to: route.to, body: route.body })}`;
    case 'setup':
      return '/setup';
    case 'keys':
      return '/keys';
    case 'webhooks':
      return route.id ? `/webhooks/${encodeURIComponent(route.id)}` : '/webhooks';
    case 'settings':
      return route.tab === 'gateway' ? '/settings' : `/settings/${route.tab}`;
    case 'modems':
      return '/modems';
    case 'welcome':
      return `/modems/${encodeURIComponent(route.id)}/welcome`;
    case 'modem':
      return `/modems/${encodeURIComponent(route.id)}${route.tab === 'health' ? '' : `/${route.tab}`}`;
  }
}

function search(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/**
 * Goes to a route without loading the page anew. `replace` keeps the way back free of what was only passed through;
 * `leaf` does so too, and lets the address bar wait until the reader stays.
 */
export function goTo(route: Route, how: 'push' | 'replace' | 'leaf' = 'push'): void {
  if (how === 'leaf') return leafTo(route);
  isLeafingQuickly = false;
  keepAddress();
  if (how === 'replace') window.history.replaceState(null, '', hrefOf(route));
  else window.history.pushState(null, '', hrefOf(route));
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** So long the address bar waits: to a browser a new address is a new page, whose icon it reads and draws. */
const stayMs = 200;
/** Who goes on sooner than this leafs quickly, and is shown where it leads once there is a pause of as long. */
const glanceMs = 120;
const leafed = 'postern-leafed';
let waiting: ReturnType<typeof setTimeout> | undefined;
let leafedAt = Number.NEGATIVE_INFINITY;
let isLeafingQuickly = false;

function leafTo(route: Route): void {
  const now = performance.now();
  isLeafingQuickly = leadsOn(route) && now - leafedAt < glanceMs;
  leafedAt = now;
  clearTimeout(waiting);
  known = { address: hrefOf(route), route };
  waiting = setTimeout(keepAddress, stayMs);
  window.dispatchEvent(new Event(leafed));
}

/** Whoever closes a message wants nothing more of it: that is no glance. */
function leadsOn(route: Route): boolean {
  return route.screen !== 'messages' || route.open !== undefined;
}

/** The address bar says where the reader is. */
function keepAddress(): void {
  if (waiting === undefined) return;
  clearTimeout(waiting);
  waiting = undefined;
  if (known) window.history.replaceState(null, '', known.address);
}

/** The route that was asked for last. */
export function routeNow(): Route {
  return placeNow().route;
}

interface Place {
  readonly address: string;
  readonly route: Route;
}

/** Where the reader was when that was read last; forgotten whenever the window tells that it has changed. */
let known: Place | undefined;
let toldBy: Window | undefined;

/** Every row of a log asks: the address, which the browser takes its time to tell, is read once for all of them. */
function placeNow(): Place {
  if (known && toldBy === window) return known;
  const address = window.location.pathname + window.location.search;
  known = { address, route: parseRoute(address) };
  return known;
}

function forget(): void {
  clearTimeout(waiting);
  waiting = undefined;
  known = undefined;
}

/**
 * One thing of the route that was asked for last, at once: for what shows a person that a press was heard. Only who
 * listens for what has changed is drawn anew.
 */
export function useAsked<Part extends string | undefined>(partOf: (route: Route) => Part): Part {
  return useSyncExternalStore(subscribe, () => partOf(routeNow()));
}

/**
 * The route that is drawn. It follows the one asked for as soon as that was painted where it was pressed, and what is
 * dear to draw gives way to whatever a person does meanwhile.
 */
export function useDrawnRoute(): Route {
  const asked = useSyncExternalStore(subscribe, () => placeNow().address);
  const drawn = usePainted(asked, afterGlance);
  return useMemo(() => parseRoute(drawn), [drawn]);
}

function afterGlance(then: () => void): () => void {
  if (!isLeafingQuickly) return afterPaint(then);
  const pause = setTimeout(then, glanceMs);
  return () => clearTimeout(pause);
}

function subscribe(listener: () => void): () => void {
  if (toldBy !== window) {
    toldBy = window;
    forget();
    window.addEventListener('popstate', forget);
    window.addEventListener('pagehide', keepAddress);
  }
  window.addEventListener('popstate', listener);
  window.addEventListener(leafed, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(leafed, listener);
  };
}
