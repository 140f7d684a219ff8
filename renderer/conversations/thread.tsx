import { ActionIcon, Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { readSoFar, threadQuery } from '../api/office-queries.ts';
import { numbersQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { dayName, exactMoment, localMidnight } from '../elements/moment.ts';
import { useNow } from '../elements/now.ts';
import { numberGroups } from '../elements/number-groups.ts';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { useSeen } from '../elements/seen.ts';
import { failureOf } from '../messages/failure.ts';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { MessageStatus } from '../messages/message-status.tsx';
import { goTo } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { apart, text } from '../texts/text.ts';
import styles from './conversations.module.css';
import { ownSide } from './grouping.ts';
import { markRead } from './read-marks.ts';
import { useReadersPlace } from './readers-place.ts';
import { Reply } from './reply.tsx';

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** What was said with one number, oldest above; the reply leaves from the number that was written to. */
export function Thread({ number }: { readonly number: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    threadQuery({ number }),
  );
  const messages = (data ? readSoFar(data, (message) => message.message_id) : []).toReversed();
  const latest = messages.at(-1);
  const { place, lead } = useReadersPlace(messages);
  const isSeen = useSeen();
  useEffect(() => {
    if (latest && isSeen) markRead(number, latest.created_at);
  }, [number, latest, isSeen]);
  const own = latest ? ownSide(latest) : null;
  return (
    <div className={styles.thread}>
      <header className={styles.head}>
        <span className={styles.back}>
          <ActionIcon
            aria-label={text('page.conversations')}
            onClick={() => goTo({ screen: 'conversations' })}
          >
            <ArrowLeft size={16} aria-hidden="true" />
          </ActionIcon>
        </span>
        <div className={styles.whom}>
          <h2>
            <PhoneNumber number={number} />
          </h2>
          {own !== null && <Through own={own} />}
        </div>
        <RouteLink to={{ screen: 'messages', filter: { number } }}>{text('conversation.in_log')}</RouteLink>
      </header>
      <section
        {...place}
        className={styles.bubbles}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={text('conversation.messages')}
      >
        {!data && !error && <LogSkeleton />}
        {!data && error && <LoadError error={error} onRetry={() => void refetch()} />}
        {hasNextPage && (
          <Button size="compact-xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {text('conversation.earlier')}
          </Button>
        )}
        {messages.map((message, nth) => (
          <Bubble key={message.message_id} message={message} before={messages[nth - 1]} />
        ))}
      </section>
      {data && <Reply to={number} from={own} onSent={lead} />}
    </div>
  );
}

/** By which of our numbers, and what it is called. */
function Through({ own }: { readonly own: string }) {
  const { data: numbers = [] } = useQuery(numbersQuery);
  const label = numbers.find(({ number }) => number === own)?.label;
  return (
    <p>
      {text('conversation.through', {
        own: [label && apart(label), numberGroups(own).join(' ')].filter(Boolean).join(', '),
      })}
    </p>
  );
}

interface BubbleProps {
  readonly message: Message;
  readonly before: Message | undefined;
}

function Bubble({ message, before }: BubbleProps) {
  const at = Date.parse(message.created_at);
  const now = useNow();
  const isNewDay = !before || localMidnight(Date.parse(before.created_at)) !== localMidnight(at);
  const failure = failureOf(message);
  return (
    <>
      {isNewDay && <p className={styles.day}>{dayName(at, now)}</p>}
      <p
        dir="auto"
        className={styles.bubble}
        data-direction={message.direction}
        data-failed={message.status === 'failed' || undefined}
      >
        {message.body || text('log.empty_text')}
      </p>
      <p className={styles.meta} data-direction={message.direction}>
        <time dateTime={message.created_at} title={exactMoment(at)}>
          {time.format(at)}
        </time>
        {message.direction === 'outbound' && <MessageStatus status={message.status} />}
        {failure && <span>{failure.sentence}</span>}
      </p>
    </>
  );
}
