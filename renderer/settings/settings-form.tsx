import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { GatewaySettings, GatewaySettingsChange } from '../../src/contract/settings.ts';
import { fieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { type TextKey, text } from '../texts/text.ts';

type Name = keyof GatewaySettings;

/** One setting as a form shows it. Words stand one a line; a number or text that may be empty is then `null`. */
export type SettingField = {
  readonly name: Name;
  readonly label: TextKey;
  readonly what?: TextKey;
} & (
  | { readonly kind: 'check' | 'words' | 'text' | 'number' }
  | { readonly kind: 'choice'; readonly choices: readonly (readonly [value: string, name: TextKey])[] }
);

interface SettingsFormProps {
  readonly title: string;
  readonly what?: string;
  readonly settings: GatewaySettings;
  readonly fields: readonly SettingField[];
}

/** A card of settings that are changed together. Only what differs is sent. */
export function SettingsForm({ title, what, settings, fields }: SettingsFormProps) {
  const [draft, setDraft] = useState<Partial<Record<Name, unknown>>>({});
  const wanted = Object.fromEntries(
    Object.entries(draft).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(settings[name as Name]),
    ),
  ) as GatewaySettingsChange;
  const save = useAct({
    run: () => change('PATCH', '/v1/settings', wanted),
    done: () => text('form.saved'),
    after: () => setDraft({}),
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const isChanged = Object.keys(wanted).length > 0;
  return (
    <Card title={title}>
      <form className={page.form} onSubmit={submit}>
        {what && <p className={page.soft}>{what}</p>}
        <div className={page.fields}>
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              value={field.name in draft ? draft[field.name] : settings[field.name]}
              error={fieldFault(save.error, field.name)}
              onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        </div>
        <Fault error={save.error} />
        <div className={page.actions}>
          <Button
            type="submit"
            variant={isChanged ? 'filled' : 'default'}
            disabled={!isChanged}
            loading={save.isPending}
          >
            {text('form.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface FieldProps {
  readonly field: SettingField;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

function Field({ field, value, error, onChange }: FieldProps) {
  const common = { label: text(field.label), description: field.what && text(field.what), error };
  switch (field.kind) {
    case 'check':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={field.choices.map(([choice, name]) => ({ value: choice, label: text(name) }))}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'words':
      return (
        <Textarea
          {...common}
          rows={4}
          value={(value as readonly string[]).join('\n')}
          onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
          onBlur={(event) =>
            onChange(
              event.currentTarget.value
                .split('\n')
                .map((word) => word.trim())
                .filter(Boolean),
            )
          }
        />
      );
    case 'number':
      return (
        <TextInput
          {...common}
          type="number"
          min={0}
          placeholder={text('form.none')}
          value={value === null ? '' : String(value)}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
          }
        />
      );
    case 'text':
      return (
        <TextInput
          {...common}
          placeholder={text('form.none')}
          value={value === null ? '' : String(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}
