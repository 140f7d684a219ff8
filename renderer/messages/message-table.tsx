import type { Message } from '../../src/contract/message.ts';
import { Heard } from '../elements/heard.tsx';
import list from '../elements/list-table.module.css';
import { text } from '../texts/text.ts';
import { MessageRow } from './message-row.tsx';
import styles from './message-table.module.css';

/** How every table of messages looks. */
export const logTable = `${list.headed} ${styles.table}`;

interface MessageTableProps {
  readonly messages: readonly Message[];
  /** What the modem is called through which a message went. */
  readonly modemOf?: (message: Message) => string | undefined;
}

/** The log as a table; on a narrow page each row becomes two lines. */
export function MessageTable({ messages, modemOf }: MessageTableProps) {
  return (
    <table className={logTable}>
      <caption>
        <Heard>{text('log.caption')}</Heard>
      </caption>
      <TableHead />
      <tbody>
        {messages.map((message) => (
          <MessageRow key={message.message_id} message={message} modem={modemOf?.(message)} />
        ))}
      </tbody>
    </table>
  );
}

/** The names of the columns. Those that the drawer's neighbour gives up say so; the two numbers are one column then. */
export function TableHead() {
  return (
    <thead>
      <tr>
        <th scope="col">{text('log.time')}</th>
        <th scope="col">
          <Heard>{text('log.direction')}</Heard>
        </th>
        <th scope="col">
          <span data-wide>{text('log.from')}</span>
          <span data-narrow>{text('log.number')}</span>
        </th>
        <th scope="col" data-wide>
          {text('log.to')}
        </th>
        <th scope="col">{text('log.text')}</th>
        <th scope="col" data-wide className={styles.right} title={text('log.segments_long')}>
          {text('log.segments')}
        </th>
        <th scope="col">{text('log.status')}</th>
        <th scope="col" data-wide>
          {text('log.modem')}
        </th>
      </tr>
    </thead>
  );
}
