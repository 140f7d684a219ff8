import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { Heard } from '../elements/heard.tsx';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import styles from './message-row.module.css';
import { MessageStatus } from './message-status.tsx';
import { MessageText } from './message-text.tsx';

interface MessageRowProps {
  readonly message: Message;
  /** The name of the modem, or of the SIM, that had to do with it. */
  readonly modem?: string | undefined;
  readonly isOpen?: boolean | undefined;
  /** Where a click leads; without it the row shows its whole text itself. */
  readonly onOpen?: ((id: string) => void) | undefined;
}

/** One message of the log. */
export const MessageRow = memo(function MessageRow({ message, modem, isOpen, onOpen }: MessageRowProps) {
  const Arrow = message.direction === 'inbound' ? ArrowDownLeft : ArrowUpRight;
  return (
    <tr
      className={styles.row}
      data-direction={message.direction}
      data-message={message.message_id}
      data-leads={onOpen ? true : undefined}
      data-open={isOpen || undefined}
      onClick={onOpen && (() => onOpen(message.message_id))}
    >
      <td className={styles.time}>
        <When at={message.created_at} />
      </td>
      <td className={styles.direction}>
        <Arrow size={14} aria-hidden="true" />
        <Heard>{text(`log.${message.direction}`)}</Heard>
      </td>
      <td className={styles.from} data-wide={message.direction === 'outbound' || undefined}>
        <Party number={message.from} />
      </td>
      <td className={styles.to} data-wide={message.direction === 'inbound' || undefined}>
        <Party number={message.to} />
      </td>
      <td className={styles.text}>
        {onOpen ? <MessageLine message={message} isOpen={isOpen} /> : <MessageText message={message} />}
      </td>
      <td className={styles.segments} data-wide>
        {message.segment_count}
      </td>
      <td className={styles.status}>
        <MessageStatus status={message.status} />
      </td>
      <td className={styles.modem} data-wide title={modem}>
        {modem}
      </td>
    </tr>
  );
});

/** The text on one line. The click is heard by the row. */
function MessageLine({ message, isOpen }: Pick<MessageRowProps, 'message' | 'isOpen'>) {
  return (
    <button
      type="button"
      className={styles.line}
      aria-label={text('log.open', { text: message.body || text('log.empty_text') })}
      aria-current={isOpen ? 'true' : undefined}
    >
      {message.body || text('log.empty_text')}
    </button>
  );
}

function Party({ number }: { readonly number: string | null }) {
  if (number === null) return <span className={styles.nobody}>{text('log.no_number')}</span>;
  return <PhoneNumber number={number} />;
}
