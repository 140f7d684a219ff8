import { useMemo } from 'react';
import { usePainted } from '../shell/after-paint.ts';
import type { LogFilter, Route } from '../shell/route.ts';
import { TopActions } from '../shell/slots.tsx';
import { openMessage, useIsOneAsked } from './asked-log.ts';
import { ExportButton } from './export-button.tsx';
import { LogFilters } from './log-filters.tsx';
import { MessageDrawer } from './message-drawer.tsx';
import { MessageLog } from './message-log.tsx';
import styles from './messages.module.css';

type MessagesRoute = Extract<Route, { screen: 'messages' }>;

/** The whole log, filtered as the address says, and beside it the message that is open. */
export function Messages({ route }: { readonly route: MessagesRoute }) {
  const { open } = route;
  const filterKey = JSON.stringify(route.filter);
  // the same object as long as it says the same, so that opening a message leaves the list alone
  const filter = useMemo<LogFilter>(() => JSON.parse(filterKey), [filterKey]);
  const isOneAsked = useIsOneAsked();
  const isClosing = open !== undefined && !isOneAsked;
  const isNarrowed = usePainted(open !== undefined);
  return (
    <div
      className={styles.split}
      data-narrowed={isNarrowed || undefined}
      data-closing={isClosing || undefined}
    >
      <TopActions>
        <ExportButton filter={filter} />
      </TopActions>
      <section className={styles.list}>
        <LogFilters drawn={filter} />
        <MessageLog key={filterKey} filter={filter} />
      </section>
      {open && <MessageDrawer id={open} onClose={close} />}
    </div>
  );
}

function close(): void {
  openMessage(undefined);
}
