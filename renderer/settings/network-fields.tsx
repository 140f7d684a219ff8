import type { NetworkField, NetworkView } from '../../src/contract/network.ts';
import { change } from '../api/client.ts';
import { type TextKey, text } from '../texts/text.ts';
import { FieldForm, type FormField } from './field-form.tsx';

/** One setting of the network as a form shows it. An empty number or text takes it back to its default. */
export interface NetworkFieldLook {
  readonly name: NetworkField;
  readonly label: TextKey;
  readonly what?: TextKey;
  readonly kind: 'text' | 'host' | 'number' | 'check' | 'words';
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
  return (
    <FieldForm
      title={title}
      what={what}
      fields={fields.map((field) => inWords(field, network))}
      kept={(name) => network[name].value}
      save={(changed) => change('PATCH', '/v1/network', changed)}
      done={done}
    />
  );
}

function inWords(
  { name, label, what, kind }: NetworkFieldLook,
  network: NetworkView,
): FormField<NetworkField> {
  const { source, editable } = network[name];
  const common = {
    name,
    label: text(label),
    description: editable ? what && text(what) : text(`network_source.${source}`),
    disabled: !editable,
  };
  switch (kind) {
    case 'words':
      return { ...common, kind, rows: 3 };
    case 'number':
      return { ...common, kind, min: 1, max: 65_535, placeholder: text('network.off') };
    default:
      return { ...common, kind };
  }
}
