import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { QueueState } from '../../src/contract/queue.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { queueQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';

type Decision = 'release' | 'discard' | 'believe-clock';

/** What keeps all texts from leaving until a person decides: a restored backup, or a clock that is not believed. */
export function QueueDecision() {
  const may = useMay('admin');
  const { data: queue } = useQuery({ ...queueQuery, enabled: may });
  const decide = useAct<Decision, QueueState>({ run: (decision) => change('POST', `/v1/queue/${decision}`) });
  if (!queue || (!queue.held && !queue.clock)) return null;
  return (
    <Card title={text('queue.title')}>
      <div className={page.form}>
        {queue.held && (
          <>
            <p>{queue.held.message}</p>
            <div className={page.actions}>
              <Button loading={decide.isPending} onClick={() => decide.mutate('release')}>
                {queue.held.waiting === 0
                  ? text('queue.go_on')
                  : text('queue.release', { count: queue.held.waiting })}
              </Button>
              <Confirm
                title={text('queue.discard_title')}
                confirm={text('queue.discard')}
                destructive
                onConfirm={() => decide.mutateAsync('discard')}
                trigger={(ask) => <Button onClick={ask}>{text('queue.discard')}</Button>}
              >
                <p>{text('queue.discard_what')}</p>
              </Confirm>
            </div>
          </>
        )}
        {queue.clock && (
          <>
            <p>{queue.clock.message}</p>
            <div className={page.actions}>
              <Button loading={decide.isPending} onClick={() => decide.mutate('believe-clock')}>
                {text('queue.believe')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
