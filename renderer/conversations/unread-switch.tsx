import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { latestReceivedQuery } from '../api/queries.ts';
import { Segmented } from '../elements/segmented.tsx';
import { TopActions } from '../shell/slots.tsx';
import { text } from '../texts/text.ts';
import styles from './conversations.module.css';
import { unreadAmong } from './grouping.ts';
import { useReadMarks } from './read-marks.ts';

interface UnreadSwitchProps {
  readonly onlyUnread: boolean;
  readonly onChange: (onlyUnread: boolean) => void;
}

/** All conversations, or those of which something was not seen: in the head of a wide page, above the list of a narrow one. */
export function UnreadSwitch({ onlyUnread, onChange }: UnreadSwitchProps) {
  const readUntil = useReadMarks();
  const { data: received = [] } = useQuery(latestReceivedQuery);
  const isWide = useMediaQuery('(min-width: 761px)', true, { getInitialValueInEffect: false });
  const choice = (
    <Segmented
      label={text('conversation.which')}
      value={onlyUnread ? 'unread' : 'all'}
      choices={[
        { value: 'all', name: text('conversation.all') },
        {
          value: 'unread',
          name: text('conversation.only_unread', { count: unreadAmong(received, readUntil) }),
        },
      ]}
      onChange={(value) => onChange(value === 'unread')}
    />
  );
  return isWide ? <TopActions>{choice}</TopActions> : <div className={styles.which}>{choice}</div>;
}
