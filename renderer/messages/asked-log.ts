import { useMemo } from 'react';
import { goTo, type LogFilter, type Route, routeNow, useAsked } from '../shell/route.ts';

/** Opens a message beside the log, or closes the one that is open. A way back leads past all that were open. */
export function openMessage(id: string | undefined): void {
  const now = routeNow();
  if (now.screen !== 'messages') return;
  goTo({ screen: 'messages', filter: now.filter, ...(id && { open: id }) }, now.open ? 'leaf' : 'push');
}

/** The message that was asked for last, before it is drawn. */
export function askedMessage(): string | undefined {
  const now = routeNow();
  return now.screen === 'messages' ? now.open : undefined;
}

/** Whether one is to be open. */
export function useIsOneAsked(): boolean {
  return useAsked((route) => (route.screen === 'messages' && route.open ? 'one' : undefined)) !== undefined;
}

/** Whether that is this one. Only the two rows that change are drawn anew. */
export function useIsAsked(id: string): boolean {
  return useAsked((route) => (route.screen === 'messages' && route.open === id ? id : undefined)) === id;
}

/** The filter that was asked for last; the one that is `drawn` while the reader leaves the log. */
export function useAskedFilter(drawn: LogFilter): LogFilter {
  const asked = useAsked(filterOf);
  return useMemo(() => (asked === undefined ? drawn : JSON.parse(asked)), [asked, drawn]);
}

const filterOf = (route: Route) => (route.screen === 'messages' ? JSON.stringify(route.filter) : undefined);
