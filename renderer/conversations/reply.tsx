import { Button, Textarea } from '@mantine/core';
import { Send } from 'lucide-react';
import type { FormEvent, KeyboardEvent } from 'react';
import type { Preview } from '../../src/contract/preview.ts';
import { useAct, useMay } from '../api/act.ts';
import { create } from '../api/repeatable.ts';
import { SendFault } from '../compose/send-fault.tsx';
import { usePreview } from '../compose/use-preview.ts';
import { useDraft } from '../elements/drafts.ts';
import { numberGroups } from '../elements/number-groups.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import styles from './conversations.module.css';

interface ReplyProps {
  readonly to: string;
  /** The number of ours that takes part in the conversation. */
  readonly from: string | null;
  readonly onSent: () => void;
}

/** An answer. A name instead of a number cannot be answered. */
export function Reply({ to, from, onSent }: ReplyProps) {
  const [body, setBody] = useDraft(`reply ${to}`, '');
  const may = useMay('sms:send');
  const preview = usePreview(body, from ?? '');
  const send = useAct<string>({
    run: (sent) => create('/v1/sms/send', { from, to, body: sent }),
    after: (_answer, sent) => {
      setBody((now) => (now === sent ? '' : now));
      onSent();
    },
    silent: true,
  });
  if (!may) return null;
  if (!/^\+?\d{3,15}$/.test(to)) return <p className={styles.reply}>{text('conversation.no_reply')}</p>;
  if (from === null) {
    return (
      <p className={styles.reply}>
        <RouteLink to={{ screen: 'compose', to }}>{text('conversation.write')}</RouteLink>
      </p>
    );
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (body.trim() !== '' && !send.isPending) send.mutate(body);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <form className={styles.reply} data-foot onSubmit={submit}>
      <Textarea
        aria-label={text('conversation.reply')}
        placeholder={text('conversation.reply')}
        rows={2}
        attributes={{ input: { dir: 'auto' } }}
        value={body}
        onChange={({ currentTarget: { value } }) => setBody(() => value)}
        onKeyDown={press}
      />
      <SendFault error={send.error} />
      <div className={styles.foot}>
        <span>{text('conversation.from', { number: numberGroups(from).join(' ') })}</span>
        {preview && <span>{roomWords(preview)}</span>}
        <span className={styles.keys}>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {text('conversation.sends')}
        </span>
        <Button
          type="submit"
          variant="filled"
          leftSection={<Send size={16} />}
          disabled={body.trim() === ''}
          loading={send.isPending}
        >
          {text('conversation.send')}
        </Button>
      </div>
    </form>
  );
}

/** "2 segments, 14 left". */
function roomWords({ segment_count: segments, characters_left: left }: Preview): string {
  const many = segments > 1 ? `${segments} ${text('counter.segments', { count: segments })}, ` : '';
  return `${many}${left} ${text('counter.left')}`;
}
