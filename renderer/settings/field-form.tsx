import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldFault, useAct } from '../api/act.ts';
import { Card } from '../elements/card.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import { HostField } from './host-field.tsx';

/** One value as a form shows it. Words stand one a line; a number or text that is left empty is `null`. */
export type FormField<Name extends string> = {
  readonly name: Name;
  readonly label: string;
  readonly description?: string | undefined;
  readonly disabled?: boolean;
} & (
  | { readonly kind: 'check' | 'text' | 'host' }
  | { readonly kind: 'words'; readonly rows: number }
  | { readonly kind: 'number'; readonly min: number; readonly max?: number; readonly placeholder: string }
  | { readonly kind: 'choice'; readonly choices: readonly (readonly [value: string, name: string])[] }
);

interface FieldFormProps<Name extends string> {
  readonly title: string;
  readonly what?: string | undefined;
  readonly fields: readonly FormField<Name>[];
  /** What holds now. */
  readonly kept: (name: Name) => unknown;
  readonly save: (changed: Partial<Record<Name, unknown>>) => Promise<unknown>;
  /** What is told when it was saved. */
  readonly done: string;
}

/** A card of values that are changed together. Only what differs is sent. */
export function FieldForm<Name extends string>({
  title,
  what,
  fields,
  kept,
  save,
  done,
}: FieldFormProps<Name>) {
  const [draft, setDraft] = useState<Partial<Record<Name, unknown>>>({});
  const changed = Object.fromEntries(
    Object.entries(draft).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(kept(name as Name)),
    ),
  ) as Partial<Record<Name, unknown>>;
  const names = Object.fromEntries(fields.map(({ name, label }) => [name, label]));
  const saving = useAct<typeof changed>({
    fields: names,
    run: (sent) => save(sent),
    done: () => done,
    after: (_answer, sent) => setDraft((now) => without(now, sent)),
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(changed);
  };
  const isChanged = Object.keys(changed).length > 0;
  return (
    <Card title={title}>
      <form className={page.form} onSubmit={submit}>
        {what && <p className={page.soft}>{what}</p>}
        <div className={page.fields}>
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              value={field.name in draft ? draft[field.name] : kept(field.name)}
              error={faultOf(saving.error, field.name)}
              onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        </div>
        <Fault error={saving.error} fields={names} />
        <div className={page.actions}>
          <Button
            type="submit"
            variant={isChanged ? 'filled' : 'default'}
            disabled={!isChanged}
            loading={saving.isPending}
          >
            {text('form.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** What was typed while `sent` was being saved, and is not saved with it. */
function without<Fields extends object>(draft: Fields, sent: Fields): Fields {
  const later = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(sent[name as keyof Fields]),
  );
  return Object.fromEntries(later) as Fields;
}

/** A fault of one of the first words of a list stands beside the list. */
function faultOf(error: Error | null, name: string): string | undefined {
  return (
    fieldFault(error, name) ??
    [0, 1, 2, 3].map((place) => fieldFault(error, `${name}.${place}`)).find((fault) => fault !== undefined)
  );
}

interface FieldProps {
  readonly field: FormField<string>;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

function Field({ field, value, error, onChange }: FieldProps) {
  const { label, description, disabled = false } = field;
  const common = { label, description, error, disabled };
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
          data={field.choices.map(([choice, name]) => ({ value: choice, label: name }))}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'words':
      return (
        <Textarea
          {...common}
          className={page.wide}
          rows={field.rows}
          value={((value as readonly string[] | null) ?? []).join('\n')}
          onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
          onBlur={(event) => onChange(wordsOf(event.currentTarget.value))}
        />
      );
    case 'number':
      return (
        <TextInput
          {...common}
          type="number"
          min={field.min}
          {...(field.max === undefined ? {} : { max: field.max })}
          placeholder={field.placeholder}
          value={shown(value)}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
          }
        />
      );
    case 'host':
      return <HostField {...common} value={shown(value)} onChange={(host) => onChange(host || null)} />;
    case 'text':
      return (
        <TextInput
          {...common}
          placeholder={text('form.none')}
          value={shown(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}

function shown(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function wordsOf(lines: string): string[] {
  return lines
    .split('\n')
    .map((word) => word.trim())
    .filter(Boolean);
}
