import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { MessagesSquare, Search } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { Message } from '../../src/contract/message.ts';
import type { Page } from '../api/client.ts';
import { readSoFar, threadQuery } from '../api/office-queries.ts';
import { latestReceivedQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { typingPauseMs } from '../elements/typing-pause.ts';
import { When } from '../elements/when.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { type Route, useAsked } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { filterFor } from '../shell/search-field.tsx';
import { text } from '../texts/text.ts';
import styles from './conversations.module.css';
import { byNumber, together } from './finding.ts';
import { type Conversation, conversationsOf, unreadConversations } from './grouping.ts';
import { useReadMarks } from './read-marks.ts';
import { Thread } from './thread.tsx';
import { UnreadSwitch } from './unread-switch.tsx';

type ConversationsRoute = Extract<Route, { screen: 'conversations' }>;

/** Who wrote and was written to, newest first, and beside it what was said. */
export function Conversations({ route }: { readonly route: ConversationsRoute }) {
  const readUntil = useReadMarks();
  const asked = useAsked(numberOf);
  const [words, setWords] = useState('');
  const [onlyUnread, setOnlyUnread] = useState(false);
  const [wanted] = useDebouncedValue(words.trim(), typingPauseMs.find);
  const everything = useInfiniteQuery(threadQuery());
  const finding = useInfiniteQuery({ ...threadQuery(filterFor(wanted)), enabled: wanted !== '' });
  const { error, refetch } = everything;
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = wanted === '' ? everything : finding;
  const isFinding = finding.isPending && !finding.error;
  // many entries: drawn bit by bit
  const data = useDeferredValue(everything.data);
  const found = useDeferredValue(finding.data);
  const all = useMemo(() => conversationsOf(messagesOf(data), readUntil), [data, readUntil]);
  const { data: received } = useQuery(latestReceivedQuery);
  const listed = useMemo(
    () => (onlyUnread ? unreadConversations(all, conversationsOf(received ?? [], readUntil), asked) : all),
    [all, asked, onlyUnread, readUntil, received],
  );
  const shown = useMemo(() => {
    if (wanted === '') return listed;
    const saying = conversationsOf(messagesOf(found), readUntil);
    const among = new Set(listed.map(({ number }) => number));
    return together(
      onlyUnread ? saying.filter(({ number }) => among.has(number)) : saying,
      byNumber(listed, wanted),
    );
  }, [found, listed, onlyUnread, readUntil, wanted]);
  if (!data) return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <LogSkeleton />;
  if (all.length === 0) return <NoConversation />;
  return (
    <div className={styles.panes} data-open={route.number !== undefined || undefined}>
      <nav className={styles.list} aria-label={text('page.conversations')}>
        <FindField words={words} onType={setWords} />
        <UnreadSwitch onlyUnread={onlyUnread} onChange={setOnlyUnread} />
        <ul>
          {shown.map((conversation) => (
            <Entry
              key={conversation.number}
              conversation={conversation}
              isOpen={conversation.number === asked}
            />
          ))}
        </ul>
        {shown.length === 0 && wanted === '' && <NoneUnread onShowAll={() => setOnlyUnread(false)} />}
        {shown.length === 0 && wanted !== '' && (
          <p className={styles.none} role="status">
            {text(isFinding ? 'conversation.finding' : 'conversation.not_found', { words: wanted })}
          </p>
        )}
        {hasNextPage && !onlyUnread && (
          <div className={styles.more}>
            <Button size="compact-xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {text('conversation.further')}
            </Button>
          </div>
        )}
      </nav>
      {route.number === undefined ? (
        <div className={styles.nothing}>
          <Notice icon={MessagesSquare} title={text('conversation.choose')} />
        </div>
      ) : (
        <Thread key={route.number} number={route.number} />
      )}
    </div>
  );
}

interface FindFieldProps {
  readonly words: string;
  readonly onType: (words: string) => void;
}

function FindField({ words, onType }: FindFieldProps) {
  return (
    <search className={styles.find}>
      <TextInput
        data-search
        type="search"
        aria-label={text('conversation.find')}
        placeholder={text('conversation.find')}
        leftSection={<Search size={16} aria-hidden="true" />}
        maxLength={256}
        value={words}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </search>
  );
}

const messagesOf = (read: { readonly pages: readonly Page<Message>[] } | undefined) =>
  read ? readSoFar(read, (message) => message.message_id) : [];

const numberOf = (route: Route) => (route.screen === 'conversations' ? route.number : undefined);

interface EntryProps {
  readonly conversation: Conversation;
  readonly isOpen: boolean;
}

const Entry = memo(function Entry({ conversation, isOpen }: EntryProps) {
  const { number, latest, unread } = conversation;
  return (
    <li>
      <RouteLink
        to={{ screen: 'conversations', number }}
        aria-current={isOpen ? 'true' : undefined}
        data-unread={unread > 0 || undefined}
      >
        <span className={styles.who}>
          <PhoneNumber number={number} />
        </span>
        <When at={latest.created_at} />
        <span dir="auto" className={styles.last}>
          {latest.status === 'failed' && <b className={styles.failed}>{text('conversation.not_sent')} </b>}
          {latest.direction === 'outbound' && latest.status !== 'failed' && `${text('conversation.you')} `}
          <bdi>{latest.body}</bdi>
        </span>
        {unread > 0 && (
          <span className={styles.count}>
            {unread}
            <span className={styles.hidden}> {text('conversation.unread')}</span>
          </span>
        )}
      </RouteLink>
    </li>
  );
});

function NoneUnread({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <div className={styles.none}>
      <p role="status">{text('conversation.none_unread')}</p>
      <Button size="compact-xs" onClick={onShowAll}>
        {text('conversation.show_all')}
      </Button>
    </div>
  );
}

function NoConversation() {
  return (
    <Notice icon={MessagesSquare} title={text('conversation.none')}>
      <p>{text('conversation.none_what')}</p>
      <RouteLink to={{ screen: 'compose' }}>{text('conversation.write')}</RouteLink>
    </Notice>
  );
}
