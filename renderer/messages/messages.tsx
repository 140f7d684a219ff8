import type { Route } from '../shell/route.ts';
import { goTo } from '../shell/route.ts';
import { TopActions } from '../shell/slots.tsx';
import { ExportButton } from './export-button.tsx';
import { LogFilters } from './log-filters.tsx';
import { MessageDrawer } from './message-drawer.tsx';
import { MessageLog } from './message-log.tsx';
import styles from './messages.module.css';

type MessagesRoute = Extract<Route, { screen: 'messages' }>;

/** The whole log, filtered as the address says, and beside it the message that is open. */
export function Messages({ route }: { readonly route: MessagesRoute }) {
  const { filter, open } = route;
  const openMessage = (id: string | undefined) =>
    goTo({ screen: 'messages', filter, ...(id && { open: id }) }, open ? 'replace' : 'push');
  return (
    <div className={styles.split} data-open={open !== undefined || undefined}>
      <TopActions>
        <ExportButton filter={filter} />
      </TopActions>
      <section className={styles.list}>
        <LogFilters filter={filter} />
        <MessageLog key={JSON.stringify(filter)} filter={filter} open={open} onOpen={openMessage} />
      </section>
      {open && <MessageDrawer key={open} id={open} onClose={() => openMessage(undefined)} />}
    </div>
  );
}
