import { VisuallyHidden } from '@mantine/core';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import styles from './message-row.module.css';
import { MessageStatus } from './message-status.tsx';
import { MessageText } from './message-text.tsx';

/** One message of the log. */
export const MessageRow = memo(function MessageRow({ message }: { readonly message: Message }) {
  const Arrow = message.direction === 'inbound' ? ArrowDownLeft : ArrowUpRight;
  return (
    <tr className={styles.row} data-direction={message.direction} data-message={message.message_id}>
      <td className={styles.time}>
        <When at={message.created_at} />
      </td>
      <td className={styles.direction}>
        <Arrow size={14} aria-hidden="true" />
        <VisuallyHidden>{text(`log.${message.direction}`)}</VisuallyHidden>
      </td>
      <td className={styles.from}>
        <Party number={message.from} />
      </td>
      <td className={styles.to}>
        <Party number={message.to} />
      </td>
      <td className={styles.text}>
        <MessageText message={message} />
      </td>
      <td className={styles.segments}>{message.segment_count}</td>
      <td className={styles.status}>
        <MessageStatus status={message.status} />
      </td>
    </tr>
  );
});

function Party({ number }: { readonly number: string | null }) {
  if (number === null) return <span className={styles.nobody}>{text('log.no_number')}</span>;
  return <PhoneNumber number={number} />;
}
