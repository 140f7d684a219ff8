import { useMediaQuery } from '@mantine/hooks';
import { type CSSProperties, memo, type RefObject, useLayoutEffect, useRef } from 'react';
import type { Message } from '../../src/contract/message.ts';
import type { Page } from '../api/client.ts';
import type { LogFilter } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { openMessage, useIsAsked } from './asked-log.ts';
import { useMoves } from './log-moves.ts';
import { useMessages } from './log-pages.ts';
import { useSight } from './log-sight.ts';
import { useDrawnRows } from './log-window.ts';
import { MessageRow, mostPartyChars } from './message-row.tsx';
import { logTable, TableHead } from './message-table.tsx';
import { useModemNames } from './modem-names.ts';
import styles from './virtual-table.module.css';

/** Browsers cannot scroll through many more pixels. What is older is found by its days. */
const mostPixels = 28_800_000;
const wideRow = 36;
const narrowRow = 57;
const headHeight = 30;
/** Rows hang in blocks of so many, each of which is moved as a whole to where it belongs. */
const rowsInBlock = 1_000;
/**
 * Painting reckons with single precision, which beyond 16,777,216 pixels of the screen cannot tell one from the next. From
 * here on, early enough for a screen with three of them to a pixel of the page, a block is painted by itself, and then moved.
 */
const farPixels = 4_000_000;

interface VirtualTableProps {
  readonly first: Page<Message>;
  readonly filter: LogFilter;
}

/** A table of which only the rows in sight exist, read from the gateway a page at a time. */
export const VirtualTable = memo(function VirtualTable({ first, filter }: VirtualTableProps) {
  const frame = useRef<HTMLElement>(null);
  const isNarrow = useMediaQuery('(max-width: 760px)') ?? false;
  const rowHeight = isNarrow ? narrowRow : wideRow;
  const most = Math.floor(mostPixels / rowHeight / 1_000) * 1_000;
  const count = Math.min(first.meta.total, most);
  useSteadyScroll(frame, count, rowHeight);
  const nameOf = useModemNames();
  const sight = useSight(frame, rowHeight, count);
  const drawn = useDrawnRows(sight.rows, count);
  const messageAt = useMessages(first, filter, drawn.from, drawn.to);
  useMoves(messageAt, drawn.from, count, (index) => {
    if (reveal(frame.current, index, rowHeight)) sight.look();
  });
  const partyChars = charsOf(first.data);
  const block = Math.floor(drawn.from / rowsInBlock) * rowsInBlock;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={frame} className={styles.frame} tabIndex={0} aria-label={text('log.caption')}>
        <table
          className={`${logTable} ${styles.table}`}
          aria-rowcount={first.meta.total + 1}
          style={{ ...widthFor(partyChars), height: headHeight + count * rowHeight }}
        >
          {head}
          <tbody
            data-far={block * rowHeight > farPixels || undefined}
            style={{ transform: `translateY(${block * rowHeight}px)` }}
          >
            {Array.from({ length: drawn.to - drawn.from + 1 }, (_, place) => {
              const index = drawn.from + place;
              const message = messageAt(index);
              const top = (index - block) * rowHeight;
              if (!message) return <RowToCome key={index} index={index} top={top} />;
              const modem = nameOf(message);
              return (
                <OpeningRow
                  key={message.message_id}
                  message={message}
                  modem={modem}
                  partyChars={partyChars}
                  index={index}
                  top={top}
                />
              );
            })}
          </tbody>
        </table>
      </section>
      <Foot total={first.meta.total} most={most} />
    </>
  );
});

/** Rows cannot ask one another how wide a column must be: as wide as the longest number of the newest messages. */
function charsOf(messages: readonly Message[]): number {
  const longest = Math.max(...messages.flatMap(({ from, to }) => [from?.length ?? 0, to?.length ?? 0]));
  return Math.min(longest, mostPartyChars);
}

function widthFor(partyChars: number): CSSProperties {
  return { '--w-party': `calc(${partyChars * 1.05}ch + 29px)` } as CSSProperties;
}

interface RowPlace {
  /** Its number in the log, from 0. */
  readonly index: number;
  /** Pixels beneath the head of its block. */
  readonly top: number;
}

interface OpeningRowProps extends RowPlace {
  readonly message: Message;
  readonly modem: string | undefined;
  readonly partyChars: number;
}

/** A row that leads to its message, and shows at once that it was pressed. */
const OpeningRow = memo(function OpeningRow(props: OpeningRowProps) {
  return <MessageRow {...props} isOpen={useIsAsked(props.message.message_id)} onOpen={openMessage} />;
});

const RowToCome = memo(function RowToCome({ index, top }: RowPlace) {
  return (
    <tr className={styles.coming} aria-rowindex={index + 2} style={{ top }}>
      <td colSpan={8}>
        <span className={styles.stub} />
      </td>
    </tr>
  );
});

const Foot = memo(function Foot({ total, most }: { readonly total: number; readonly most: number }) {
  return (
    <footer className={styles.foot}>
      <span>{text('paging.total', { count: total })}</span>
      {total > most && <span>{text('log.too_many', { most })}</span>}
      <span className={styles.keys}>
        <kbd>J</kbd> <kbd>K</kbd> {text('log.move')} <kbd>Esc</kbd> {text('log.close')}
      </span>
    </footer>
  );
});

/** It never changes: the very same element, which React leaves alone. */
const head = <TableHead />;

/** New messages enter at the top: who reads further down keeps what is before the eyes. */
function useSteadyScroll(frame: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const before = useRef(count);
  useLayoutEffect(() => {
    const added = count - before.current;
    before.current = count;
    const place = frame.current;
    if (place && added !== 0 && place.scrollTop > rowHeight) place.scrollTop += added * rowHeight;
  }, [frame, count, rowHeight]);
}

/**
 * Scrolls as little as it takes until a row is wholly in sight, and tells whether it took anything; the head of the table
 * lies over the first of them.
 */
function reveal(frame: HTMLElement | null, index: number, rowHeight: number): boolean {
  if (!frame) return false;
  const top = index * rowHeight;
  const most = top + rowHeight + headHeight - frame.clientHeight;
  if (frame.scrollTop > top) frame.scrollTop = top;
  else if (frame.scrollTop < most) frame.scrollTop = most;
  else return false;
  return true;
}
