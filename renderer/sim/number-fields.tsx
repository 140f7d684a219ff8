import { TextInput } from '@mantine/core';
import { fieldFault } from '../api/act.ts';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import { type Draft, type NumberField, valueAt, withValue } from './sim-fields.ts';

interface NumberFieldsProps {
  readonly fields: readonly NumberField[];
  readonly draft: Draft;
  readonly setDraft: (change: (before: Draft) => Draft) => void;
  readonly error: Error | null;
}

/** Numbers side by side; an empty one says what that means. */
export function NumberFields({ fields, draft, setDraft, error }: NumberFieldsProps) {
  return (
    <div className={page.fields}>
      {fields.map(({ name, path, mayBeEmpty, step }) => (
        <TextInput
          key={path}
          type="number"
          label={text(name)}
          placeholder={mayBeEmpty ? text('form.none') : undefined}
          required={!mayBeEmpty}
          withAsterisk={false}
          min={path === 'balance_floor' ? undefined : 0}
          step={step ?? 1}
          value={valueAt(draft, path) ?? ''}
          error={fieldFault(error, path)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setDraft((before) => withValue(before, path, value === '' ? null : Number(value)));
          }}
        />
      ))}
    </div>
  );
}
