import { Button } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useConnection } from '../live/live.tsx';
import { text } from '../texts/text.ts';
import { type BackendState, useBackend } from './desktop.ts';
import styles from './stream-banner.module.css';

/** A quiet line while what is shown may be old. It goes away by itself. */
export function StreamBanner() {
  const connection = useConnection();
  const { state, restart } = useBackend();
  return (
    <div role="status" aria-live="polite">
      {connection === 'lost' && (
        <p className={styles.banner}>
          <Unplug size={16} aria-hidden="true" />
          <span className={styles.words}>{wordsFor(state)}</span>
          {restart && state?.kind === 'waiting' && (
            <Button size="compact-xs" onClick={restart}>
              {text('stream.start_now')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function wordsFor(state: BackendState | undefined): string {
  if (state?.kind === 'starting') return text('stream.backend_restarting');
  if (state?.kind === 'waiting') {
    return state.reason === null
      ? text('stream.backend_restarting')
      : text('stream.backend_failed', { reason: state.reason });
  }
  return text('stream.lost_banner');
}
