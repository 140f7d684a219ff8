import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Clock, Inbox, type LucideIcon, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { DeliveryState, DeliveryView, WebhookView } from '../../src/contract/webhook.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { deliveriesQuery, readSoFar } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import { Further } from '../elements/further.tsx';
import table from '../elements/list-table.module.css';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { type Hue, StatusWord } from '../elements/status-word.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { text } from '../texts/text.ts';

const looks: Readonly<Record<DeliveryState, { icon: LucideIcon; hue: Hue }>> = {
  waiting: { icon: Clock, hue: 'queued' },
  delivered: { icon: CircleCheck, hue: 'delivered' },
  given_up: { icon: CircleX, hue: 'failed' },
};

/** What was told to a webhook of late, each attempt with what came back. */
export function Deliveries({ webhook }: { readonly webhook: WebhookView }) {
  const list = useInfiniteQuery(deliveriesQuery(webhook.id));
  const { error, refetch } = list;
  const deliveries = list.data && readSoFar(list.data, (delivery) => delivery.id);
  return (
    <Card title={text('delivery.title')}>
      {!deliveries && !error && <LogSkeleton />}
      {!deliveries && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {deliveries?.length === 0 && (
        <Notice icon={Inbox} title={text('delivery.none')}>
          <p>{text('delivery.none_what')}</p>
        </Notice>
      )}
      {deliveries && deliveries.length > 0 && (
        <TableFrame label={text('delivery.title')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('log.time')}</th>
                <th scope="col">{text('delivery.event')}</th>
                <th scope="col">{text('log.status')}</th>
                <th scope="col">{text('delivery.answer')}</th>
                <th scope="col">{text('key.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <Delivery key={delivery.id} delivery={delivery} url={webhook.url} />
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <Further of={list} />
    </Card>
  );
}

interface DeliveryProps {
  readonly delivery: DeliveryView;
  readonly url: string;
}

function Delivery({ delivery, url }: DeliveryProps) {
  const [isWhole, setWhole] = useState(false);
  const again = useAct({
    run: () => change('POST', `/v1/webhooks/${delivery.webhook_id}/deliveries/${delivery.id}/redeliver`),
    done: () => text('delivery.again_done'),
  });
  const last = delivery.attempts.at(-1);
  return (
    <>
      <tr data-delivery={delivery.id}>
        <td className={table.tight} data-at="end">
          <When at={delivery.created_at} />
        </td>
        <td data-at="lead">
          <code>{delivery.event_type}</code>
          {delivery.test && ` ${text('delivery.is_test')}`}
          {delivery.redelivery_of !== null && ` ${text('delivery.is_again')}`}
        </td>
        <td className={table.tight} data-at="mark">
          <StatusWord {...looks[delivery.status]} word={text(`delivery.${delivery.status}`)} />
        </td>
        <td data-at="start">
          {last
            ? (last.error ?? text('delivery.answered', { status: String(last.status), ms: last.duration_ms }))
            : text('delivery.not_yet')}
        </td>
        <td className={table.tight} data-at="acts">
          <div className={page.actions} data-tight>
            <Button size="compact-xs" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
              {text(isWhole ? 'delivery.hide' : 'delivery.show')}
            </Button>
            <Button
              size="compact-xs"
              leftSection={<RotateCcw size={14} />}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              {text('delivery.again')}
            </Button>
          </div>
        </td>
      </tr>
      {isWhole && (
        <tr>
          <td colSpan={5}>
            <Attempts delivery={delivery} url={url} />
          </td>
        </tr>
      )}
    </>
  );
}

/** What was sent, and what came back each time. */
function Attempts({ delivery, url }: DeliveryProps) {
  return (
    <div className={page.stack}>
      <p className={page.faint}>
        {text('delivery.event_id')} <code>{delivery.event_id}</code>
        {delivery.next_attempt_at && (
          <>
            {', '}
            {text('delivery.next')} <When at={delivery.next_attempt_at} />
          </>
        )}
      </p>
      <div>
        <b>{text('delivery.request')}</b> <code>POST {url}</code>
        <Content>{indented(delivery.body)}</Content>
      </div>
      {delivery.attempts.map((attempt, place) => (
        <div key={attempt.at}>
          <b>{text('delivery.attempt', { place: place + 1 })}</b> <When at={attempt.at} />{' '}
          {attempt.error ??
            text('delivery.answered', { status: String(attempt.status), ms: attempt.duration_ms })}
          {attempt.response !== '' && <Content>{attempt.response}</Content>}
        </div>
      ))}
    </div>
  );
}

function Content({ children }: { readonly children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <pre className={page.response} tabIndex={0}>
      {children}
    </pre>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
