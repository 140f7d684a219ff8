import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PageMeta } from '../../src/contract/envelope.ts';
import type { Route } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import styles from './paging.module.css';

interface PagingProps {
  readonly meta: PageMeta;
  readonly route: Extract<Route, { screen: 'messages' }>;
}

/** Which part of the log is shown, and the way to the newer and older ones. */
export function Paging({ meta, route }: PagingProps) {
  if (meta.total_pages <= 1 && meta.page === 1) {
    return <p className={styles.paging}>{text('paging.total', { count: meta.total })}</p>;
  }
  const from = (meta.page - 1) * meta.per_page + 1;
  const to = Math.min(meta.page * meta.per_page, meta.total);
  return (
    <nav className={styles.paging} aria-label={text('paging.title')}>
      <span>{text('paging.range', { from, to, total: meta.total })}</span>
      <Step to={meta.page > 1 ? { ...route, page: meta.page - 1 } : undefined}>
        <ChevronLeft size={14} aria-hidden="true" />
        {text('paging.newer')}
      </Step>
      <Step to={meta.page < meta.total_pages ? { ...route, page: meta.page + 1 } : undefined}>
        {text('paging.older')}
        <ChevronRight size={14} aria-hidden="true" />
      </Step>
    </nav>
  );
}

/** A link, or the same words without one where there is nothing beyond. */
function Step({ to, children }: { readonly to: Route | undefined; readonly children: ReactNode }) {
  return to ? (
    <RouteLink to={to} className={styles.step}>
      {children}
    </RouteLink>
  ) : (
    <span className={styles.step} data-end>
      {children}
    </span>
  );
}
