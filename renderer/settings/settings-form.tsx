import type { GatewaySettings } from '../../src/contract/settings.ts';
import { plainNumber } from '../../src/contract/written-number.ts';
import { change } from '../api/client.ts';
import { type TextKey, text } from '../texts/text.ts';
import { FieldForm, type FormField } from './field-form.tsx';

type Name = keyof GatewaySettings;

/** One setting of the gateway as a form shows it. */
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

/** A card of settings of the gateway. */
export function SettingsForm({ title, what, settings, fields }: SettingsFormProps) {
  return (
    <FieldForm
      title={title}
      what={what}
      fields={fields.map(inWords)}
      kept={(name) => settings[name]}
      save={(changed) => change('PATCH', '/v1/settings', asSent(changed))}
      done={text('form.saved')}
    />
  );
}

/** A number that a person wrote as it is dialled. */
function asSent({ mail_number: number, ...others }: Partial<Record<Name, unknown>>): object {
  return {
    ...others,
    ...(number !== undefined && {
      mail_number: typeof number === 'string' ? plainNumber(number) : number,
    }),
  };
}

function inWords(field: SettingField): FormField<Name> {
  const common = {
    name: field.name,
    label: text(field.label),
    description: field.what && text(field.what),
  };
  switch (field.kind) {
    case 'choice':
      return {
        ...common,
        kind: 'choice',
        choices: field.choices.map(([value, name]) => [value, text(name)] as const),
      };
    case 'words':
      return { ...common, kind: 'words', rows: 4 };
    case 'number':
      return { ...common, kind: 'number', min: 0, placeholder: text('form.none') };
    default:
      return { ...common, kind: field.kind };
  }
}
