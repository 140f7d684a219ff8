import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { healthQuery } from '../../../renderer/api/modem-queries.ts';

it('shows how a modem was over another span until this one is read, and never how another modem was', () => {
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const client = new QueryClient();
  const series = { modem_id: 'first', points: [] };
  client.setQueryData(healthQuery('first', '24h').queryKey, series as never);
  const observer = new QueryObserver(client, { ...healthQuery('first', '24h'), refetchInterval: false });
  const stop = observer.subscribe(() => undefined);
  const shown = (id: string, span: '1h' | '24h') => {
    observer.setOptions({ ...healthQuery(id, span), refetchInterval: false });
    return observer.getCurrentResult().data;
  };
  expect(shown('first', '1h')).toBe(series);
  expect(shown('second', '1h')).toBeUndefined();
  stop();
  client.clear();
  vi.unstubAllGlobals();
});
