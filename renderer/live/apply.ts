import type { Query, QueryClient } from '@tanstack/react-query';
import type { LiveChange } from '../../src/contract/event.ts';
import type { Message } from '../../src/contract/message.ts';
import type { ModemView } from '../../src/contract/modem.ts';
import type { Page } from '../api/client.ts';
import { type LogQuery, modemsQuery, sessionQuery } from '../api/queries.ts';
import { mergeMessage, mergeModem } from './merge.ts';

/** Writes changes into what the pages show, and reads again what was being read meanwhile: its answer may be older. */
export function applyChanges(client: QueryClient, changes: readonly LiveChange[]): void {
  const overtaken = client.getQueryCache().findAll({ fetchStatus: 'fetching', predicate: isLive });
  for (const change of changes) applyChange(client, change);
  for (const query of overtaken) reread(client, query);
}

/**
 * Reads again all that the pages show: what the gateway counts, what is on other pages of the log, and whatever was
 * missed.
 */
export function rereadAll(client: QueryClient): void {
  const [session] = sessionQuery.queryKey;
  const shown = client.getQueryCache().findAll({ predicate: ({ queryKey }) => queryKey[0] !== session });
  for (const query of shown) reread(client, query);
}

function applyChange(client: QueryClient, change: LiveChange): void {
  switch (change.type) {
    case 'modem.changed':
      return updateModems(client, (modems) => mergeModem(modems, change.data));
    case 'modem.removed':
      return updateModems(client, (modems) => modems.filter((modem) => modem.id !== change.data.id));
    case 'message.changed':
      return updateMessages(client, change.data);
  }
}

function updateModems(
  client: QueryClient,
  update: (modems: readonly ModemView[]) => readonly ModemView[],
): void {
  client.setQueryData(modemsQuery.queryKey, (modems) => modems && update(modems));
}

function updateMessages(client: QueryClient, changed: Message): void {
  client.setQueryData<Message>(['message', changed.message_id], (known) => known && changed);
  for (const query of client.getQueryCache().findAll({ queryKey: ['messages'] })) {
    client.setQueryData<Page<Message>>(
      query.queryKey,
      (page) => page && mergeMessage(page, query.queryKey[1] as LogQuery, changed),
    );
  }
}

/** A reading that is under way is broken off and begun anew; the very first cannot be, and is followed by another. */
function reread(client: QueryClient, query: Query): void {
  const again = () => void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  const isFirst = query.state.data === undefined && query.state.fetchStatus === 'fetching';
  if (isFirst && query.promise) void query.promise.then(again, again);
  else again();
}

function isLive({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return ['messages', 'message', 'modems'].includes(String(queryKey[0]));
}
