import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { logQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { LoadError } from '../elements/load-error.tsx';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import { LogSkeleton } from './log-skeleton.tsx';
import { MessageTable } from './message-table.tsx';
import { useModemNames } from './modem-names.ts';
import { NoMessages } from './no-messages.tsx';

const latestCount = 20;

/** The head of the log, for the overview. */
export function LatestMessages() {
  const { data, error, refetch } = useQuery(logQuery({ page: 1, perPage: latestCount, filter: {} }));
  const page = useDeferredValue(data);
  const modemOf = useModemNames();
  const all = <RouteLink to={{ screen: 'messages', filter: {} }}>{text('log.all')}</RouteLink>;
  return (
    <Card title={text('log.title')} aside={page && page.data.length > 0 ? all : undefined}>
      {!page && !error && <LogSkeleton />}
      {!page && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {page?.data.length === 0 && <NoMessages />}
      {page && page.data.length > 0 && <MessageTable messages={page.data} modemOf={modemOf} />}
    </Card>
  );
}
