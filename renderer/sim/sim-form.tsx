import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SimView } from '../../src/contract/sim.ts';
import { fieldFault, useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { simId, simsQuery } from '../api/modem-queries.ts';
import { Card } from '../elements/card.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import { NumberFields } from './number-fields.tsx';
import { SendWindows } from './send-windows.tsx';
import {
  asSent,
  careFields,
  changeOf,
  costFields,
  type Draft,
  type Edits,
  edited,
  fieldNames,
  limitFields,
  withoutSent,
} from './sim-fields.ts';
import styles from './sim-form.module.css';

const zones = Intl.supportedValuesOf('timeZone');

/** All that is set for a SIM. Only what differs is sent, so that two people can change different things. */
export function SimForm({ sim }: { readonly sim: SimView }) {
  const client = useQueryClient();
  const [edits, setEdits] = useState<Edits>({});
  const may = useMay('admin');
  const draft = edited(sim, edits);
  const isChanged = Object.keys(changeOf(sim, asSent(draft))).length > 0;
  const save = useAct<Edits, SimView>({
    run: (typed) => change('PATCH', `/v1/sims/${simId(sim)}`, asSent(typed)),
    done: () => text('form.saved'),
    after: (saved, typed) => {
      client.setQueryData(simsQuery.queryKey, (sims) =>
        sims?.map((one) => (simId(one) === simId(saved) ? saved : one)),
      );
      setEdits((now) => withoutSent(now, typed));
    },
    silent: true,
    fields: fieldNames,
  });
  const setDraft = (write: (before: Draft) => Draft) =>
    setEdits((before) => changeOf(sim, write(edited(sim, before))));
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(edits);
  };
  const parts = { draft, setDraft, error: save.error };
  return (
    <form onSubmit={submit}>
      <fieldset className={styles.form} disabled={!may}>
        <Card title={text('sim_form.who')}>
          <div className={page.form}>
            <Who draft={draft} set={set} error={save.error} />
          </div>
        </Card>
        <Card title={text('sim_form.limits')}>
          <div className={page.form}>
            <p className={page.soft}>{text('sim_form.limits_what')}</p>
            <NumberFields fields={limitFields} {...parts} />
          </div>
        </Card>
        <Card title={text('sim_form.windows')}>
          <div className={page.form}>
            <SendWindows windows={draft.windows} onChange={(windows) => set({ windows })} />
            <ZoneField draft={draft} set={set} error={save.error} />
          </div>
        </Card>
        <Card title={text('sim_form.cost')}>
          <div className={page.form}>
            <NumberFields fields={costFields} {...parts} />
          </div>
        </Card>
        <Card title={text('sim_form.care')}>
          <div className={page.form}>
            <Care draft={draft} set={set} error={save.error} />
            <NumberFields fields={careFields} {...parts} />
          </div>
        </Card>
        {may && isChanged && (
          <div className={styles.save}>
            <Fault error={save.error} fields={fieldNames} />
            <span className={page.soft}>{text('form.changed')}</span>
            <Button onClick={() => setEdits({})}>{text('form.undo')}</Button>
            <Button type="submit" variant="filled" loading={save.isPending}>
              {text('form.save')}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
  readonly error: Error | null;
}

function Who({ draft, set, error }: PartProps) {
  return (
    <div className={page.fields}>
      <TextInput
        label={text('sim_field.label')}
        description={text('sim_field.label_what')}
        maxLength={100}
        value={draft.label ?? ''}
        error={fieldFault(error, 'label')}
        onChange={(event) => set({ label: event.currentTarget.value || null })}
      />
      <TextInput
        label={text('sim_field.number')}
        description={text('sim_field.number_what')}
        inputMode="tel"
        value={draft.number ?? ''}
        error={fieldFault(error, 'number')}
        onChange={(event) => set({ number: event.currentTarget.value || null })}
      />
      <TextInput
        label={text('identity.smsc')}
        description={text('sim_field.smsc_what')}
        inputMode="tel"
        value={draft.smsc ?? ''}
        error={fieldFault(error, 'smsc')}
        onChange={(event) => set({ smsc: event.currentTarget.value || null })}
      />
      <TextInput
        label={text('sim_field.country')}
        description={text('sim_field.country_what')}
        maxLength={2}
        value={draft.country ?? ''}
        error={fieldFault(error, 'country')}
        onChange={(event) => set({ country: event.currentTarget.value.toUpperCase() || null })}
      />
    </div>
  );
}

function ZoneField({ draft, set, error }: PartProps) {
  const known = zones.includes(draft.time_zone) ? zones : [draft.time_zone, ...zones];
  return (
    <NativeSelect
      className={styles.zone}
      label={text('sim_field.time_zone')}
      data={known.includes('UTC') ? known : ['UTC', ...known]}
      value={draft.time_zone}
      error={fieldFault(error, 'time_zone')}
      onChange={(event) => set({ time_zone: event.currentTarget.value })}
    />
  );
}

function Care({ draft, set, error }: PartProps) {
  return (
    <>
      <Checkbox
        label={text('sim_field.reports')}
        description={text('sim_field.reports_what')}
        checked={draft.reports}
        onChange={(event) => set({ reports: event.currentTarget.checked })}
      />
      <div className={page.fields}>
        <NativeSelect
          label={text('sim_field.ambiguity')}
          data={[
            { value: 'never_resend', label: text('sim_field.never_resend') },
            { value: 'resend_once', label: text('sim_field.resend_once') },
          ]}
          value={draft.after_ambiguity}
          onChange={(event) =>
            set({ after_ambiguity: event.currentTarget.value as Draft['after_ambiguity'] })
          }
        />
        <TextInput
          label={text('sim_field.balance_code')}
          placeholder="*100#"
          value={draft.balance_code ?? ''}
          error={fieldFault(error, 'balance_code')}
          onChange={(event) => set({ balance_code: event.currentTarget.value || null })}
        />
        <TextInput
          label={text('sim_field.balance_pattern')}
          placeholder="balance ([0-9.]+)"
          value={draft.balance_pattern ?? ''}
          error={fieldFault(error, 'balance_pattern')}
          onChange={(event) => set({ balance_pattern: event.currentTarget.value || null })}
        />
      </div>
    </>
  );
}
