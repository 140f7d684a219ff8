import { useQuery } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useMay } from '../api/act.ts';
import { numbersQuery } from '../api/queries.ts';
import { keep, useDraft } from '../elements/drafts.ts';
import { Fault } from '../elements/fault.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { goTo, hrefOf, type Route, routeNow } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { Batches } from './batches.tsx';
import styles from './compose.module.css';
import { CsvImport } from './csv-import.tsx';
import { PhonePreview } from './phone-preview.tsx';
import { isGood, type Recipient, readRecipients } from './recipients.ts';
import { SendForm } from './send-form.tsx';
import { WrongNumbers } from './wrong-numbers.tsx';

type ComposeRoute = Extract<Route, { screen: 'compose' }>;

/** What is being written. */
export interface Draft {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** Local time as the browser's field writes it; empty for now. */
  readonly at: string;
}

const nothing: Draft = { from: '', to: '', body: '', at: '' };

/**
 * An address that says what is to be written begins anew, and then is done with: whoever loads the page again, or comes
 * back to it, goes on with what was written since.
 */
function useBeginning(route: ComposeRoute): void {
  useLayoutEffect(() => {
    const { from, to, body } = route;
    if (!(from ?? to ?? body)) return;
    keep('compose', { ...nothing, ...(from && { from }), ...(to && { to }), ...(body && { body }) });
    if (hrefOf(routeNow()) === hrefOf(route)) goTo({ screen: 'compose' }, 'replace');
  }, [route]);
}

/** Writes a text to one or to many, and shows how those on their way are doing. */
export function Compose({ route }: { readonly route: ComposeRoute }) {
  useBeginning(route);
  const [draft, setDraft] = useDraft('compose', nothing);
  const { data: numbers, error } = useQuery(numbersQuery);
  const toField = useRef<HTMLTextAreaElement>(null);
  const may = useMay('sms:send');
  if (!may) {
    return (
      <Notice icon={PenLine} title={text('role.reader_title')}>
        <p>{text('role.reader_what')}</p>
      </Notice>
    );
  }
  const chosen = numbers?.find(({ number }) => number === draft.from);
  const from = (chosen ?? numbers?.find(({ online }) => online) ?? numbers?.[0])?.number ?? '';
  const recipients = readRecipients(draft.to);
  const edit = ({ start, given }: Recipient) => {
    toField.current?.focus();
    toField.current?.setSelectionRange(start, start + given.length);
  };
  // whoever has begun to write keeps the number that was shown: it does not change under the hand with what is online
  const set = (part: Partial<Draft>) =>
    setDraft((before) => ({ ...before, from: before.from || from, ...part }));
  const clear = (sent: Draft, refused: string) =>
    setDraft((now) => {
      if (now.to !== sent.to || now.body !== sent.body) return now;
      return refused === '' ? { ...nothing, from: sent.from } : { ...now, to: refused };
    });
  return (
    <div className={page.page}>
      <div className={styles.grid}>
        <div className={page.stack}>
          {!numbers && <Fault error={error} />}
          <SendForm
            draft={{ ...draft, from }}
            set={set}
            onSent={clear}
            numbers={numbers}
            recipients={recipients}
            toField={toField}
          />
          <WrongNumbers
            recipients={recipients}
            pasted={draft.to}
            from={from}
            onChange={(to) => set({ to })}
            onEdit={edit}
          />
          <CsvImport from={from} />
        </div>
        <div className={page.stack}>
          <PhonePreview from={from} body={draft.body} count={recipients.filter(isGood).length} />
          <Batches />
        </div>
      </div>
    </div>
  );
}
