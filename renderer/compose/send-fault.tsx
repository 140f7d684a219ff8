import type { FieldNames } from '../api/act.ts';
import { ApiError } from '../api/client.ts';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
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

/** Why a text was not taken. Where no answer came it may have been, which whoever would send it again has to know. */
export function SendFault({ error }: { readonly error: Error | null }) {
  return (
    <>
      <Fault error={error} fields={fields} />
      {error instanceof ApiError && error.status === 0 && (
        <p className={page.soft}>{text('compose.unanswered')}</p>
      )}
    </>
  );
}
