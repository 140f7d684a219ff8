import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import type { MessageStatus } from '../../src/contract/message.ts';
import { logQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import type { Route } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import { LogSkeleton } from './log-skeleton.tsx';
import { MessageTable } from './message-table.tsx';
import styles from './messages.module.css';
import { NoMessages } from './no-messages.tsx';
import { Paging } from './paging.tsx';
import { StatusFilter } from './status-filter.tsx';

const rowsOnPage = 50;

/** The whole log, a page at a time. */
export function Messages({ route }: { readonly route: Extract<Route, { screen: 'messages' }> }) {
  const { page: number, status } = route;
  const { data: page, error, refetch } = useQuery(logQuery({ page: number, perPage: rowsOnPage, status }));
  const rows = page?.data ?? [];
  return (
    <div className={styles.screen}>
      <StatusFilter status={status} />
      {!page && !error && <LogSkeleton />}
      {!page && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {page && rows.length === 0 && <NothingHere status={status} total={page.meta.total} />}
      {page && rows.length > 0 && (
        <>
          <div className={styles.log}>
            <MessageTable messages={rows} />
          </div>
          <Paging meta={page.meta} route={route} />
        </>
      )}
    </div>
  );
}

function NothingHere({
  status,
  total,
}: {
  readonly status: MessageStatus | undefined;
  readonly total: number;
}) {
  if (total === 0 && !status) return <NoMessages />;
  const pastEnd = total > 0 || !status;
  const title = pastEnd
    ? text('paging.past_end_title')
    : text('no_match.title', { status: text(`status.${status}`).toLocaleLowerCase() });
  return (
    <Notice icon={SearchX} title={title}>
      <p>{text(pastEnd ? 'paging.past_end_what' : 'no_match.what')}</p>
      <RouteLink to={{ screen: 'messages', page: 1 }}>{text('no_match.show_all')}</RouteLink>
    </Notice>
  );
}
