import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, ScrollText } from 'lucide-react';
import { useState } from 'react';
import type { AuditEntry } from '../../src/contract/audit.ts';
import { auditQuery } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import table from '../elements/list-table.module.css';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { text } from '../texts/text.ts';

/** Who changed what, newest first. */
export function Audit() {
  const [number, setNumber] = useState(1);
  const {
    data: entries,
    error,
    refetch,
  } = useQuery({
    ...auditQuery(number),
    placeholderData: keepPreviousData,
  });
  if (!entries) return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <LogSkeleton />;
  const { meta } = entries;
  return (
    <Card title={text('settings_tab.audit')}>
      {entries.data.length === 0 && <Notice icon={ScrollText} title={text('audit.none')} />}
      {entries.data.length > 0 && <Entries entries={entries.data} />}
      {meta.total_pages > 1 && (
        <div className={page.form}>
          <div className={page.actions}>
            <Button
              size="compact-xs"
              disabled={number <= 1}
              leftSection={<ChevronLeft size={14} />}
              onClick={() => setNumber(number - 1)}
            >
              {text('audit.newer')}
            </Button>
            <span className={page.faint}>
              {text('audit.page', { page: meta.page, pages: meta.total_pages })}
            </span>
            <Button
              size="compact-xs"
              disabled={number >= meta.total_pages}
              rightSection={<ChevronRight size={14} />}
              onClick={() => setNumber(number + 1)}
            >
              {text('audit.older')}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <TableFrame label={text('settings_tab.audit')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{text('log.time')}</th>
            <th scope="col">{text('audit.who')}</th>
            <th scope="col">{text('audit.what')}</th>
            <th scope="col">{text('audit.target')}</th>
            <th scope="col">{text('audit.details')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className={table.tight} data-at="mark">
                <When at={entry.at} />
              </td>
              <td className={table.tight}>{whoOf(entry)}</td>
              <td className={table.tight} data-at="lead">
                <code>{entry.action}</code>
              </td>
              <td className={table.tight}>{entry.target ?? ''}</td>
              <td className={table.soft}>{detailsOf(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** "role: administrator, by: link": what a person reads of an act's details. */
function detailsOf({ details }: AuditEntry): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${shown(value)}`)
    .join(', ');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(' ') || text('form.none');
  if (value === null) return text('form.none');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function whoOf({ actor }: AuditEntry): string {
  const kind = text(`actor.${actor.kind}`);
  return actor.name ? `${kind}, ${actor.name}` : kind;
}
