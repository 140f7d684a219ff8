import type { MessageStatus } from '../../src/contract/message.ts';
import { statuses } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import styles from './status-filter.module.css';

/** The statuses to choose from, each an address of its own. */
export function StatusFilter({ status }: { readonly status: MessageStatus | undefined }) {
  return (
    <nav className={styles.filter} aria-label={text('filter.title')}>
      {[undefined, ...statuses].map((choice) => (
        <RouteLink
          key={choice ?? 'all'}
          to={{ screen: 'messages', page: 1, status: choice }}
          aria-current={choice === status ? 'true' : undefined}
        >
          {text(choice ? `status.${choice}` : 'filter.all')}
        </RouteLink>
      ))}
    </nav>
  );
}
