import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import { newestQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import type { LogFilter } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import { LogSkeleton } from './log-skeleton.tsx';
import { NoMessages } from './no-messages.tsx';
import { VirtualTable } from './virtual-table.tsx';

interface MessageLogProps {
  readonly filter: LogFilter;
}

/** All messages that pass the filter: loading, none, unreadable, or a table that scrolls through them. */
export const MessageLog = memo(function MessageLog({ filter }: MessageLogProps) {
  const { data, error, refetch } = useQuery(newestQuery(filter));
  // many rows: drawn bit by bit
  const first = useDeferredValue(data);
  if (!first) return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <LogSkeleton />;
  if (first.meta.total === 0) return Object.keys(filter).length === 0 ? <NoMessages /> : <NoMatch />;
  return <VirtualTable first={first} filter={filter} />;
});

function NoMatch() {
  return (
    <Notice icon={SearchX} title={text('no_match.title')}>
      <p>{text('no_match.what')}</p>
      <RouteLink to={{ screen: 'messages', filter: {} }}>{text('no_match.show_all')}</RouteLink>
    </Notice>
  );
}
