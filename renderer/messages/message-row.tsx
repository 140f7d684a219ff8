import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { When } from '../elements/when.tsx';
import { directionOf, text } from '../texts/text.ts';
import styles from './message-row.module.css';
import { MessageStatus } from './message-status.tsx';
import { MessageText } from './message-text.tsx';

interface MessageRowProps {
  readonly message: Message;
  /** The name of the modem, or of the SIM, that had to do with it. */
  readonly modem?: string | undefined;
  readonly isOpen?: boolean | undefined;
  /** The most characters of a number that its column has room for. */
  readonly partyChars?: number | undefined;
  /** Where a click leads; without it the row shows its whole text itself. */
  readonly onOpen?: ((id: string) => void) | undefined;
  /** Its number, from 0, in a log of which only a part is there, and the pixels above it. */
  readonly index?: number | undefined;
  readonly top?: number | undefined;
}

/** One message of the log. Whether it is open is told by the row alone: its cells stay as they are. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, modem, partyChars, isOpen, onOpen, index, top } = props;
  return (
    <tr
      className={styles.row}
      data-direction={message.direction}
      data-message={message.message_id}
      data-leads={onOpen ? true : undefined}
      aria-current={isOpen || undefined}
      aria-rowindex={index === undefined ? undefined : index + 2}
      style={top === undefined ? undefined : { top }}
      onClick={onOpen && (() => onOpen(message.message_id))}
    >
      <Cells message={message} modem={modem} partyChars={partyChars} isLine={onOpen !== undefined} />
    </tr>
  );
});

/** A number of any telephone has no more. */
export const mostPartyChars = 16;
/** A name of so many characters, however wide they are, has room in its column. */
const shortName = 9;

interface CellsProps extends Pick<MessageRowProps, 'message' | 'modem' | 'partyChars'> {
  readonly isLine: boolean;
}

/** Cells are clipped only where that can be seen: each clip is a layer of its own to whoever paints. */
const Cells = memo(function Cells({ message, modem, partyChars = mostPartyChars, isLine }: CellsProps) {
  const Arrow = message.direction === 'inbound' ? ArrowDownLeft : ArrowUpRight;
  return (
    <>
      <td className={styles.time}>
        <When at={message.created_at} />
      </td>
      <td className={styles.direction}>
        <Arrow size={14} role="img" aria-label={text(`log.${message.direction}`)} />
      </td>
      <td
        className={styles.from}
        data-wide={message.direction === 'outbound' || undefined}
        data-cut={isCut(message.from, partyChars) || undefined}
      >
        <Party number={message.from} />
      </td>
      <td
        className={styles.to}
        data-wide={message.direction === 'inbound' || undefined}
        data-cut={isCut(message.to, partyChars) || undefined}
      >
        <Party number={message.to} />
      </td>
      <td className={styles.text}>
        {isLine ? <MessageLine message={message} /> : <MessageText message={message} />}
      </td>
      <td className={styles.segments} data-wide>
        {message.segment_count}
      </td>
      <td className={styles.status}>
        <MessageStatus status={message.status} />
      </td>
      <td
        className={styles.modem}
        data-wide
        data-cut={(modem !== undefined && modem.length > shortName) || undefined}
        title={modem}
      >
        {modem}
      </td>
    </>
  );
});

/** The text on one line. The click is heard by the row. */
function MessageLine({ message }: Pick<MessageRowProps, 'message'>) {
  return (
    <button
      type="button"
      dir={directionOf(message.body)}
      className={styles.line}
      aria-label={text('log.open', { text: message.body || text('log.empty_text') })}
    >
      {message.body || text('log.empty_text')}
    </button>
  );
}

/** Digits are all of one width; a name may be of any. */
function isCut(number: string | null, partyChars: number): boolean {
  return number !== null && (number.length > partyChars || !/^\+?\d+$/.test(number));
}

function Party({ number }: { readonly number: string | null }) {
  if (number === null) return <span className={styles.nobody}>{text('log.no_number')}</span>;
  return <PhoneNumber number={number} />;
}
