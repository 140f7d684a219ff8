import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Key } from 'lucide-react';
import type { ApiKey } from '../../src/contract/key.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { keysQuery } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import { Confirm } from '../elements/confirm.tsx';
import table from '../elements/list-table.module.css';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { text } from '../texts/text.ts';
import { NewKey } from './new-key.tsx';

/** The API keys: who may use the gateway, when each was used last, and its end. */
export function Keys() {
  const may = useMay('admin');
  const { data: keys, error, refetch } = useQuery({ ...keysQuery, enabled: may });
  if (!may) {
    return (
      <Notice icon={Key} title={text('role.reader_title')}>
        <p>{text('role.reader_what')}</p>
      </Notice>
    );
  }
  const shown = keys?.data.filter(({ revoked_at }) => revoked_at === null) ?? [];
  return (
    <div className={page.page}>
      <NewKey />
      <Card title={text('page.keys')}>
        {!keys && !error && <LogSkeleton />}
        {!keys && error && <LoadError error={error} onRetry={() => void refetch()} />}
        {keys && shown.length === 0 && (
          <Notice icon={Key} title={text('key.none')}>
            <p>{text('key.none_what')}</p>
          </Notice>
        )}
        {shown.length > 0 && <KeyTable keys={shown} />}
      </Card>
    </div>
  );
}

function KeyTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  return (
    <TableFrame label={text('page.keys')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{text('key.name')}</th>
            <th scope="col">{text('key.prefix')}</th>
            <th scope="col">{text('key.scopes')}</th>
            <th scope="col" className={table.right}>
              {text('key.requests')}
            </th>
            <th scope="col">{text('key.last_used')}</th>
            <th scope="col">{text('key.ends')}</th>
            <th scope="col">{text('key.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td data-at="lead">{key.name}</td>
              <td className={table.tight} data-at="mark">
                <code>{key.prefix}…</code>
              </td>
              <td className={`${table.tight} ${table.soft}`} data-at="start">
                {key.scopes.map((scope) => text(`scope.${scope}`)).join(', ')}
              </td>
              <td className={table.right} data-at="end" data-label={text('key.requests')}>
                {key.request_count.toLocaleString()}
              </td>
              <td className={table.tight} data-at="start" data-label={text('key.last_used')}>
                {key.last_used_at ? <When at={key.last_used_at} as="relative" /> : text('key.never')}
              </td>
              <td className={table.tight} data-at="end" data-label={text('key.ends')}>
                {key.expires_at ? <When at={key.expires_at} /> : text('key.never')}
              </td>
              <td className={table.tight} data-at="acts">
                <Revoke apiKey={key} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Revoke({ apiKey }: { readonly apiKey: ApiKey }) {
  const revoke = useAct({
    run: () => change('DELETE', `/v1/keys/${apiKey.id}`),
    done: () => text('key.revoked', { name: apiKey.name }),
    silent: true,
  });
  return (
    <Confirm
      title={text('key.revoke_title', { name: apiKey.name })}
      confirm={text('key.revoke')}
      destructive
      onConfirm={() => revoke.mutateAsync()}
      trigger={(ask) => (
        <Button size="compact-xs" onClick={ask}>
          {text('key.revoke')}
        </Button>
      )}
    >
      <p>{text('key.revoke_what')}</p>
    </Confirm>
  );
}
