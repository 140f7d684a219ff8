import { useQuery } from '@tanstack/react-query';
import { latestReceivedQuery, mostLatestReceived } from '../api/queries.ts';
import { unreadAmong } from '../conversations/grouping.ts';
import { useReadMarks } from '../conversations/read-marks.ts';
import { Heard } from '../elements/heard.tsx';
import { text } from '../texts/text.ts';
import styles from './navigation.module.css';

/** How many of the newest inbound texts nobody has looked at in this browser. Nothing where all were seen. */
export function UnreadCount() {
  const readUntil = useReadMarks();
  const { data: received = [] } = useQuery(latestReceivedQuery);
  const count = unreadAmong(received, readUntil);
  if (count === 0) return null;
  const shown = count < mostLatestReceived ? count.toLocaleString() : `${mostLatestReceived - 1}+`;
  return (
    <b className={styles.unread}>
      {shown}
      <Heard> {text('conversation.unread')}</Heard>
    </b>
  );
}
