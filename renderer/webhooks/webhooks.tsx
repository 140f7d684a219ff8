import { useQuery } from '@tanstack/react-query';
import { TriangleAlert, Webhook as WebhookIcon } from 'lucide-react';
import type { WebhookView } from '../../src/contract/webhook.ts';
import { useMay } from '../api/act.ts';
import { webhooksQuery } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import table from '../elements/list-table.module.css';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { StatusWord } from '../elements/status-word.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import type { Route } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import { Deliveries } from './deliveries.tsx';
import { NewWebhook } from './new-webhook.tsx';
import { WebhookCare } from './webhook-care.tsx';

/** Where events are told to, whether they arrived there, and what was answered. */
export function Webhooks({ route }: { readonly route: Extract<Route, { screen: 'webhooks' }> }) {
  const may = useMay('webhooks');
  const { data: webhooks, error, refetch } = useQuery({ ...webhooksQuery, enabled: may });
  if (!may) {
    return (
      <Notice icon={WebhookIcon} title={text('role.reader_title')}>
        <p>{text('role.reader_what')}</p>
      </Notice>
    );
  }
  const open = webhooks?.data.find(({ id }) => id === route.id);
  return (
    <div className={page.page}>
      {open && (
        <>
          <WebhookCare key={open.id} webhook={open} />
          <Deliveries webhook={open} />
        </>
      )}
      <Card title={text('page.webhooks')}>
        {!webhooks && !error && <LogSkeleton />}
        {!webhooks && error && <LoadError error={error} onRetry={() => void refetch()} />}
        {webhooks?.data.length === 0 && (
          <Notice icon={WebhookIcon} title={text('webhook.none')}>
            <p>{text('webhook.none_what')}</p>
          </Notice>
        )}
        {webhooks && webhooks.data.length > 0 && <WebhookTable webhooks={webhooks.data} open={open?.id} />}
      </Card>
      <NewWebhook />
    </div>
  );
}

interface WebhookTableProps {
  readonly webhooks: readonly WebhookView[];
  readonly open: string | undefined;
}

function WebhookTable({ webhooks, open }: WebhookTableProps) {
  return (
    <TableFrame label={text('page.webhooks')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{text('webhook.label')}</th>
            <th scope="col">{text('webhook.url')}</th>
            <th scope="col">{text('webhook.events')}</th>
            <th scope="col" className={table.right}>
              {text('webhook.waiting')}
            </th>
            <th scope="col">{text('webhook.given_up')}</th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <tr key={webhook.id} data-open={webhook.id === open || undefined}>
              <td data-at="lead">
                <RouteLink to={{ screen: 'webhooks', id: webhook.id }}>{webhook.label}</RouteLink>
              </td>
              <td>
                <code>{webhook.url}</code>
              </td>
              <td className={table.soft} data-at="mark">
                {text('webhook.event_count', { count: webhook.events.length })}
              </td>
              <td className={table.right} data-at="start" data-label={text('webhook.waiting')}>
                {webhook.waiting.toLocaleString()}
              </td>
              <td data-at="end" data-label={text('webhook.given_up')}>
                {webhook.given_up === 0 ? (
                  text('modem.none')
                ) : (
                  <StatusWord icon={TriangleAlert} hue="attention" word={webhook.given_up.toLocaleString()} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
