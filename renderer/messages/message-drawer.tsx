import { ActionIcon } from '@mantine/core';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, CircleX, X } from 'lucide-react';
import { memo, useDeferredValue, useMemo } from 'react';
import type { Message } from '../../src/contract/message.ts';
import type { Story } from '../../src/contract/story.ts';
import type { Page } from '../api/client.ts';
import { messageQuery, modemsQuery, storyQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { text } from '../texts/text.ts';
import { DrawerActions } from './drawer-actions.tsx';
import { useBeginning, useWayBack } from './drawer-places.ts';
import { failureOf } from './failure.ts';
import { LogSkeleton } from './log-skeleton.tsx';
import styles from './message-drawer.module.css';
import { MessageFacts } from './message-facts.tsx';
import { MessageStatus } from './message-status.tsx';
import { useModemNames } from './modem-names.ts';
import { PduInspector } from './pdu-inspector.tsx';
import { Timeline } from './timeline.tsx';
import { Waits } from './waits.tsx';

interface MessageDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One message in full: its text, what happened to it, why it failed, and its octets. */
export const MessageDrawer = memo(function MessageDrawer({ id, onClose }: MessageDrawerProps) {
  const { found, error, refetch } = useMessage(id);
  const message = found?.message;
  const details = useBeginning(message?.message_id);
  useWayBack(id);
  return (
    <aside className={styles.drawer} aria-label={text('drawer.title')}>
      <header className={styles.head}>
        {message && <MessageStatus status={message.status} />}
        <span className={styles.gap} />
        {message && <DrawerActions message={message} />}
        <Close onClose={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section {...details} className={styles.scroll} tabIndex={0} aria-label={text('drawer.details')}>
        {!found && !error && <LogSkeleton />}
        {!found && error && <LoadError error={error} onRetry={() => void refetch()} />}
        {found && <Details message={found.message} story={found.story} />}
      </section>
    </aside>
  );
});

const Close = memo(function Close({ onClose }: Pick<MessageDrawerProps, 'onClose'>) {
  return (
    <ActionIcon aria-label={text('action.close')} title={text('action.close')} onClick={onClose}>
      <X size={16} aria-hidden="true" />
    </ActionIcon>
  );
});

interface Found {
  readonly message: Message;
  readonly story: Story | undefined;
}

const Details = memo(function Details({ message, story }: Found) {
  return (
    <>
      <Failure message={message} />
      <Waits message={message} story={story} />
      <Content message={message} />
      <Way message={message} story={story} />
      <MessageFacts message={message} story={story} />
      <PduInspector key={message.message_id} id={message.message_id} />
    </>
  );
});

function Way({ message, story }: Found) {
  return <Timeline story={story} modem={useModemNames()(message)} />;
}

/** What is known of a message. It is drawn bit by bit as it comes in, and gives way to whatever a person does meanwhile. */
function useMessage(id: string) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...messageQuery(id), initialData: () => inLog(client, id) });
  const { data: story } = useQuery(storyQuery(id));
  const found = useMemo(() => data && { message: data, story }, [data, story]);
  return { found: useDeferredValue(found), error, refetch };
}

/** A message as the list beside the drawer shows it, which is as new as what the gateway would tell. */
function inLog(client: QueryClient, id: string): Message | undefined {
  for (const [, page] of client.getQueriesData<Page<Message>>({ queryKey: ['messages'] })) {
    const found = page?.data.find((message) => message.message_id === id);
    if (found) return found;
  }
  return undefined;
}

const Content = memo(function Content({ message }: { readonly message: Message }) {
  return (
    <section className={styles.section}>
      <div className={styles.parties}>
        <Party name={text('log.from')} number={message.from} />
        <ArrowRight size={16} aria-hidden="true" />
        <Party name={text('log.to')} number={message.to} />
      </div>
      <p dir="auto" className={styles.body}>
        {message.erased_at ? text('drawer.erased') : message.body || text('log.empty_text')}
      </p>
      {message.complete === false && <p className={styles.missing}>{text('log.incomplete')}</p>}
    </section>
  );
});

/** A number of our own bears the name of its modem. */
function Party({ name, number }: { readonly name: string; readonly number: string | null }) {
  const { data: modems = [] } = useQuery(modemsQuery);
  const label = modems.find((modem) => modem.number !== null && modem.number === number)?.label;
  return (
    <div>
      <span className={styles.label}>{label ? `${name}, ${label}` : name}</span>
      {number === null ? text('log.no_number') : <PhoneNumber number={number} />}
    </div>
  );
}

/** Sentence, advice, and the stable word for those who program: in this order. */
function Failure({ message }: { readonly message: Message }) {
  const failure = failureOf(message);
  if (!failure) return null;
  return (
    <section className={styles.section}>
      <div className={styles.failure}>
        <CircleX size={16} aria-hidden="true" />
        <div>
          <p className={styles.sentence}>{failure.sentence}</p>
          <p>{text(failure.advice)}</p>
          <code>{failure.word}</code>
        </div>
      </div>
    </section>
  );
}
