import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.ts';
import { forgetDrafts } from '../elements/drafts.ts';
import { noteLeaving } from '../elements/last-left.ts';

const place = 'postern.left';

/** The session of this browser is over, in all of its tabs: what was read and typed is not for whoever comes next. */
export function leave(client: QueryClient): void {
  noteLeaving();
  const others = new BroadcastChannel(place);
  others.postMessage('left');
  others.close();
  forget(client);
}

/** Leaves where another tab does; returns how to stop listening. */
export function leaveWithOthers(client: QueryClient): () => void {
  const others = new BroadcastChannel(place);
  others.addEventListener('message', () => forget(client));
  return () => others.close();
}

function forget(client: QueryClient): void {
  forgetDrafts();
  // what the page for signing in reads is there already, or on its way; a tab hears its own word too
  if (client.getQueryData(sessionQuery.queryKey) === 'signed-out') return;
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  client.setQueryData(sessionQuery.queryKey, 'signed-out');
}
