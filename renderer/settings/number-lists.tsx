import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type NumberList, numberLists } from '../../src/contract/list-names.ts';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import { plainNumber } from '../../src/contract/written-number.ts';
import { onlyFieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { listQuery } from '../api/office-queries.ts';
import { Card } from '../elements/card.tsx';
import table from '../elements/list-table.module.css';
import { LoadError } from '../elements/load-error.tsx';
import page from '../elements/page.module.css';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { text } from '../texts/text.ts';
import { SettingsForm } from './settings-form.tsx';

const admissions = [
  ['all', 'lists.all'],
  ['not_blocked', 'lists.not_blocked'],
  ['only_allowed', 'lists.only_allowed'],
] as const;

/** Who is heard and written to, who said STOP, and the lists that say so. */
export function NumberLists({ settings }: { readonly settings: GatewaySettings }) {
  return (
    <>
      <SettingsForm
        title={text('lists.rules')}
        settings={settings}
        fields={[
          { name: 'inbound_from', label: 'lists.inbound_from', kind: 'choice', choices: admissions },
          { name: 'outbound_to', label: 'lists.outbound_to', kind: 'choice', choices: admissions },
          { name: 'opt_out_replies', label: 'lists.opt_out', what: 'lists.opt_out_what', kind: 'check' },
          { name: 'opt_out_words', label: 'lists.out_words', what: 'lists.words_what', kind: 'words' },
          { name: 'opt_in_words', label: 'lists.in_words', what: 'lists.words_what', kind: 'words' },
        ]}
      />
      {numberLists.map((list) => (
        <ListCard key={list} list={list} />
      ))}
    </>
  );
}

function ListCard({ list }: { readonly list: NumberList }) {
  const { data: entries, error, refetch } = useQuery(listQuery(list));
  const [number, setNumber] = useState('');
  const [note, setNote] = useState('');
  const add = useAct({
    run: () => change('POST', `/v1/lists/${list}`, { number: listed(number), note: note || null }),
    after: () => {
      setNumber('');
      setNote('');
    },
    silent: true,
  });
  const remove = useAct<string>({
    run: (gone) => change('DELETE', `/v1/lists/${list}/${encodeURIComponent(gone)}`),
    done: (_answer, gone) => text('lists.removed', { number: gone }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Card title={text(`list.${list}`)}>
      <form className={page.form} onSubmit={submit}>
        {entries?.data.length === 0 && <p className={page.soft}>{text(`list_none.${list}`)}</p>}
        <div className={page.fields}>
          <TextInput
            label={text('modem.number')}
            placeholder={list === 'opted-out' ? '+14155550123' : '+4915*'}
            value={number}
            error={onlyFieldFault(add.error, 'number')}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <TextInput
            label={text('lists.note')}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </div>
        <div className={page.actions}>
          <Button type="submit" disabled={number.trim() === ''} loading={add.isPending}>
            {text('lists.add')}
          </Button>
        </div>
      </form>
      {!entries && !error && <LogSkeleton />}
      {!entries && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {entries && entries.data.length < entries.meta.total && (
        <p className={`${page.soft} ${page.pad}`}>
          {text('lists.further', { count: entries.meta.total - entries.data.length, list })}
        </p>
      )}
      {entries && entries.data.length > 0 && (
        <TableFrame label={text(`list.${list}`)}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('modem.number')}</th>
                <th scope="col">{text('lists.note')}</th>
                <th scope="col">{text('lists.since')}</th>
                <th scope="col">{text('key.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.data.map((entry) => (
                <tr key={entry.number}>
                  <td className={table.tight} data-at="lead">
                    <PhoneNumber number={entry.number} />
                  </td>
                  <td className={table.soft} data-at="start">
                    {entry.source === 'reply' ? text('lists.by_reply') : (entry.note ?? '')}
                  </td>
                  <td className={table.tight} data-at="mark">
                    <When at={entry.created_at} as="relative" />
                  </td>
                  <td className={table.tight} data-at="end">
                    <Button size="compact-xs" onClick={() => remove.mutate(entry.number)}>
                      {text('lists.remove')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Card>
  );
}

/** A number or the beginning of numbers as it is kept, however it was written; a name as it is. */
function listed(written: string): string {
  const number = plainNumber(written);
  return /^\+?[\d*#]+$/.test(number) ? number : written;
}
