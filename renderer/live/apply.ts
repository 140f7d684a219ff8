import type { Query, QueryClient } from '@tanstack/react-query';
import type { LiveChange } from '../../src/contract/event.ts';
import type { Message } from '../../src/contract/message.ts';
import type { ModemView } from '../../src/contract/modem.ts';
import type { Page } from '../api/client.ts';
import { type LogQuery, modemsQuery, numbersQuery } from '../api/queries.ts';
import { mergeMessage, mergeModem } from './merge.ts';

/** Writes changes into what the pages show, and reads again what was being read meanwhile: its answer may be older. */
export function applyChanges(client: QueryClient, changes: readonly LiveChange[]): void {
  const overtaken = client.getQueryCache().findAll({ fetchStatus: 'fetching', predicate: isLive });
  for (const change of changes) applyChange(client, change);
  for (const query of overtaken) reread(client, query);
}

/** Reads everything again that a page shows: changes may have been missed. */
export function rereadAll(client: QueryClient): void {
  for (const query of client.getQueryCache().getAll()) reread(client, query);
}

/** What is counted by the gateway and not carried by the stream: to be read again, but not for every single change. */
export function rereadCounts(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['counts'] });
  void client.invalidateQueries({ queryKey: numbersQuery.queryKey });
  void client.invalidateQueries({
    queryKey: ['messages'],
    predicate: ({ queryKey }) => isPartial(queryKey[1]),
  });
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
  return queryKey[0] === 'messages' || queryKey[0] === 'modems';
}

/** Later pages and those of one status gain and lose messages that this browser never saw. */
function isPartial(query: unknown): boolean {
  const { page, status } = query as LogQuery;
  return page !== 1 || status !== undefined;
}
