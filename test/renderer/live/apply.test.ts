import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { logQuery, modemsQuery, sessionQuery } from '../../../renderer/api/queries.ts';
import { applyChanges, rereadAll } from '../../../renderer/live/apply.ts';
import type { ModemView } from '../../../src/contract/modem.ts';
import { aMessage, aModem } from '../samples.ts';

const firstPage = logQuery({ page: 1, perPage: 20, filter: {} });
const failedPage = logQuery({ page: 1, perPage: 20, filter: { status: 'failed' } });
const empty = { data: [], meta: { page: 1, per_page: 20, total: 0, total_pages: 0 } };

it('writes a change into every page that shows it', () => {
  const client = new QueryClient();
  client.setQueryData(firstPage.queryKey, empty);
  client.setQueryData(failedPage.queryKey, empty);
  client.setQueryData(modemsQuery.queryKey, [aModem({ id: '1' }), aModem({ id: '2' })]);
  applyChanges(client, [
    { type: 'message.changed', data: aMessage() },
    { type: 'modem.removed', data: { id: '1' } },
    { type: 'modem.changed', data: aModem({ id: '2', state: 'recovering' }) },
  ]);
  expect(client.getQueryData(firstPage.queryKey)?.data).toEqual([aMessage()]);
  expect(client.getQueryData(failedPage.queryKey)?.data).toEqual([]);
  expect(client.getQueryData(modemsQuery.queryKey)).toEqual([aModem({ id: '2', state: 'recovering' })]);
});

it('makes up nothing that was never read', () => {
  const client = new QueryClient();
  applyChanges(client, [{ type: 'modem.changed', data: aModem() }]);
  expect(client.getQueryData(modemsQuery.queryKey)).toBeUndefined();
});

it('reads again what was on its way meanwhile, since that answer may be older than the change', async () => {
  const client = new QueryClient();
  const answers: ((modems: readonly ModemView[]) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: modemsQuery.queryKey,
    queryFn: () => new Promise<readonly ModemView[]>((resolve) => answers.push(resolve)),
  });
  const stop = observer.subscribe(() => undefined);
  applyChanges(client, [{ type: 'modem.changed', data: aModem({ signal_dbm: -90 }) }]);
  answers[0]?.([aModem({ signal_dbm: -60 })]);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.([aModem({ signal_dbm: -90 })]);
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.[0]?.signal_dbm).toBe(-90));
  applyChanges(client, [{ type: 'modem.changed', data: aModem({ signal_dbm: -80 }) }]);
  expect(answers).toHaveLength(2);
  stop();
  client.clear();
});

it('reads everything again but who is signed in', async () => {
  const client = new QueryClient();
  client.setQueryData(firstPage.queryKey, empty);
  client.setQueryData(modemsQuery.queryKey, []);
  client.setQueryData(sessionQuery.queryKey, 'signed-out');
  rereadAll(client);
  const old = client.getQueryCache().findAll({ predicate: ({ state }) => state.isInvalidated });
  expect(old.map(({ queryKey }) => queryKey[0])).toEqual(['messages', 'modems']);
});
