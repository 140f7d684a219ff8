import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { NetworkChange, NetworkField, NetworkView } from '../../src/contract/network.ts';
import { fieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { type TextKey, text } from '../texts/text.ts';

/** One setting of the network as a form shows it. An empty number or text takes it back to its default. */
export interface NetworkFieldLook {
  readonly name: NetworkField;
  readonly label: TextKey;
  readonly what?: TextKey;
  readonly kind: 'text' | 'number' | 'check' | 'words';
}

interface NetworkFieldsProps {
  readonly title: string;
  readonly what: string;
  readonly network: NetworkView;
  readonly fields: readonly NetworkFieldLook[];
  readonly done: string;
}

/** A card of settings of the network. What was said at the start of the gateway is shown, and cannot be changed. */
export function NetworkFields({ title, what, network, fields, done }: NetworkFieldsProps) {
  const [draft, setDraft] = useState<NetworkChange>({});
  const changed = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(network[name as NetworkField].value),
  );
  const save = useAct({
    run: () => change('PATCH', '/v1/network', Object.fromEntries(changed)),
    done: () => done,
    after: () => setDraft({}),
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const canSave = changed.length > 0;
  return (
    <Card title={title}>
      <form className={page.form} onSubmit={submit}>
        <p className={page.soft}>{what}</p>
        <div className={page.fields}>
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              network={network}
              value={field.name in draft ? draft[field.name] : network[field.name].value}
              error={faultOf(save.error, field.name)}
              onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        </div>
        <Fault error={save.error} />
        <div className={page.actions}>
          <Button
            type="submit"
            variant={canSave ? 'filled' : 'default'}
            disabled={!canSave}
            loading={save.isPending}
          >
            {text('form.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** A fault of one name in a list stands beside the list. */
function faultOf(error: Error | null, name: string): string | undefined {
  return (
    fieldFault(error, name) ??
    [0, 1, 2, 3].map((place) => fieldFault(error, `${name}.${place}`)).find((fault) => fault !== undefined)
  );
}

interface FieldProps {
  readonly field: NetworkFieldLook;
  readonly network: NetworkView;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

function Field({ field: { name, label, what, kind }, network, value, error, onChange }: FieldProps) {
  const { source, editable } = network[name];
  const common = {
    label: text(label),
    description: editable ? what && text(what) : text(`network_source.${source}`),
    error,
    disabled: !editable,
  };
  if (kind === 'check') {
    return (
      <Checkbox
        {...common}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind === 'words') {
    return (
      <Textarea
        {...common}
        rows={3}
        value={((value as readonly string[] | null) ?? []).join('\n')}
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
  }
  const read = kind === 'number' ? Number : String;
  return (
    <TextInput
      {...common}
      {...(kind === 'number' ? { type: 'number', min: 1, max: 65_535 } : {})}
      placeholder={text(kind === 'number' ? 'network.off' : 'form.none')}
      value={value === null || value === undefined ? '' : String(value)}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : read(event.currentTarget.value))
      }
    />
  );
}
