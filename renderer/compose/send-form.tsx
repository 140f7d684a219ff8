import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import type { FormEvent, Ref } from 'react';
import { codePointCount, longestBody } from '../../src/contract/body-length.ts';
import type { ModemView, OwnNumber } from '../../src/contract/modem.ts';
import { modemsQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { useNow } from '../elements/now.ts';
import { numberGroups } from '../elements/number-groups.ts';
import { signalOf } from '../elements/signal.ts';
import page from '../elements/page.module.css';
import { stateWord } from '../overview/modem-words.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { apart, text } from '../texts/text.ts';
import styles from './compose.module.css';
import type { Draft } from './compose.tsx';
import { Counter } from './counter.tsx';
import { MarkedText } from './marked-text.tsx';
import { isGood, mostRecipients, type Recipient } from './recipients.ts';
import { SendFault } from './send-fault.tsx';
import { momentOf, useSend } from './sending.ts';

/** A field for date and time lets years of six figures be typed unless it is told the last. */
const lastMinute = '9999-12-31T23:59';

interface SendFormProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
  /** `refused`: the numbers that the gateway did not take, one a line. */
  readonly onSent: (sent: Draft, refused: string) => void;
  /** Undefined until they were read. */
  readonly numbers: readonly OwnNumber[] | undefined;
  readonly recipients: readonly Recipient[];
  readonly toField: Ref<HTMLTextAreaElement>;
}

/** From whom, to whom, what, and when. One recipient is a text, several are a batch that can be paused. */
export function SendForm({ draft, set, onSent, numbers, recipients, toField }: SendFormProps) {
  const { data: modems = [] } = useQuery(modemsQuery);
  const good = recipients.filter(isGood);
  const now = useNow();
  const send = useSend(onSent);
  const isReady =
    draft.from !== '' &&
    draft.body !== '' &&
    good.length > 0 &&
    good.length <= mostRecipients &&
    codePointCount(draft.body) <= longestBody &&
    (draft.at === '' || momentOf(draft.at) !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) send.mutate(draft);
  };
  return (
    <Card title={text('compose.title')}>
      <form className={styles.form} onSubmit={submit}>
        {numbers?.length === 0 && (
          <p className={page.soft}>
            {text('setup.no_number')}{' '}
            <RouteLink to={{ screen: 'modems' }}>{text('compose.see_modems')}</RouteLink>
          </p>
        )}
        <div className={styles.pair}>
          <NativeSelect
            label={text('log.from')}
            value={draft.from}
            data={(numbers ?? []).map((own) => ({ value: own.number, label: senderWords(own, modems) }))}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            min={localMinute(now)}
            max={lastMinute}
            label={text('compose.when')}
            value={draft.at}
            onChange={(event) => set({ at: event.currentTarget.value })}
          />
        </div>
        <Textarea
          ref={toField}
          className={styles.to}
          label={text('log.to')}
          placeholder={text('compose.to_hint')}
          minRows={1}
          rows={Math.min(Math.max(draft.to.split('\n').length, 1), 6)}
          value={draft.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <MarkedText body={draft.body} from={draft.from} onChange={(body) => set({ body })} />
        <Counter
          body={draft.body}
          from={draft.from}
          recipients={good.length}
          onReplace={(body) => set({ body })}
        />
        <SendFault error={send.error} />
        <div className={styles.send}>
          <span>{sendHint(recipients.length - good.length, good.length)}</span>
          <Button
            type="submit"
            variant="filled"
            leftSection={<Send size={16} />}
            disabled={!isReady}
            loading={send.isPending}
          >
            {sendWords(draft, recipients.length, good.length)}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Says how many texts go, unless there is but one number and nothing to doubt. */
function sendWords({ at }: Draft, given: number, good: number): string {
  if (given <= 1) return text(at === '' ? 'compose.send' : 'compose.schedule');
  return text(at === '' ? 'compose.send_many' : 'compose.schedule_many', { count: good });
}

/** "Alerts, +1 555 010 0001, strong": whether texts leave from it now, or what keeps them. */
function senderWords(
  { number, label, online, modem_id: id }: OwnNumber,
  modems: readonly ModemView[],
): string {
  const modem = modems.find((one) => one.id === id || one.number === number);
  const signal = modem?.signal_dbm == null ? undefined : text(signalOf(modem.signal_dbm).word);
  const state = modem ? stateWord(modem) : text('compose.away');
  return [label && apart(label), numberGroups(number).join(' '), online ? signal : state]
    .filter(Boolean)
    .join(', ');
}

/** As a field for date and time writes it. */
function localMinute(moment: number): string {
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function sendHint(wrong: number, good: number): string {
  if (good > mostRecipients) return text('compose.too_many', { most: mostRecipients });
  return wrong > 0 ? text('compose.wrong', { count: wrong }) : '';
}
