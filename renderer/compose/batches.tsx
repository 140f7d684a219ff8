import { Button, Progress } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, CircleArrowUp, CircleCheck, CirclePause, type LucideIcon } from 'lucide-react';
import type { BatchAction, BatchView } from '../../src/contract/batch.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { batchesQuery, readSoFar } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import { Further } from '../elements/further.tsx';
import { type Hue, StatusWord } from '../elements/status-word.tsx';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';

const looks: Readonly<Record<BatchView['state'], { icon: LucideIcon; hue: Hue }>> = {
  running: { icon: CircleArrowUp, hue: 'dispatched' },
  paused: { icon: CirclePause, hue: 'attention' },
  cancelled: { icon: Ban, hue: 'plain' },
  finished: { icon: CircleCheck, hue: 'delivered' },
};

/** The batches of late, how far each is, and what can be done with it. */
export function Batches() {
  const list = useInfiniteQuery(batchesQuery);
  const batches = list.data ? readSoFar(list.data, (batch) => batch.batch_id) : [];
  if (batches.length === 0) return null;
  return (
    <Card title={text('batch.title')}>
      <ul>
        {batches.map((batch) => (
          <Batch key={batch.batch_id} batch={batch} />
        ))}
      </ul>
      <Further of={list} />
    </Card>
  );
}

function Batch({ batch }: { readonly batch: BatchView }) {
  const { counts, total, state } = batch;
  const gone = counts.sent + counts.delivered;
  const left = counts.queued + counts.dispatched;
  const act = useAct<BatchAction>({
    run: (action) => change('POST', `/v1/batches/${batch.batch_id}`, { action }),
  });
  const isOpen = state === 'running' || state === 'paused';
  return (
    <li className={styles.batch}>
      <div>
        <StatusWord {...looks[state]} word={text(`batch.${state}`)} />
        <When at={batch.created_at} />
      </div>
      <span className={styles.name}>{batch.name ?? text('batch.unnamed')}</span>
      <Progress
        value={total === 0 ? 100 : ((total - left) / total) * 100}
        aria-label={text('batch.progress', { name: batch.name ?? text('batch.unnamed') })}
      />
      <div>
        <span>{text('batch.counts', { gone, failed: counts.failed, left })}</span>
        {isOpen && (
          <span className={styles.buttons}>
            <Button
              size="compact-xs"
              loading={act.isPending}
              onClick={() => act.mutate(state === 'paused' ? 'resume' : 'pause')}
            >
              {text(state === 'paused' ? 'pause.resume' : 'pause.pause')}
            </Button>
            <Confirm
              title={text('batch.cancel_title')}
              confirm={text('batch.cancel')}
              destructive
              onConfirm={() => act.mutateAsync('cancel')}
              trigger={(ask) => (
                <Button size="compact-xs" onClick={ask}>
                  {text('action.cancel')}
                </Button>
              )}
            >
              <p>{text('batch.cancel_what', { count: left })}</p>
            </Confirm>
          </span>
        )}
      </div>
    </li>
  );
}
