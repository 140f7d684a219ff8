import type { FieldNames } from '../api/act.ts';
import { Fault } from '../elements/fault.tsx';
import { text } from '../texts/text.ts';

const fields: FieldNames = {
  from: text('log.from'),
  to: text('log.to'),
  body: text('log.text'),
  scheduled_at: text('compose.when'),
  'messages.from': text('log.from'),
  'messages.to': text('log.to'),
  'messages.body': text('log.text'),
  'messages.scheduled_at': text('compose.when'),
};

/** Why a text was not taken. */
export function SendFault({ error }: { readonly error: Error | null }) {
  return <Fault error={error} fields={fields} />;
}
