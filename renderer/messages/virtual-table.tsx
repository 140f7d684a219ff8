import { useMediaQuery } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Message } from '../../src/contract/message.ts';
import type { Page } from '../api/client.ts';
import { logQuery } from '../api/queries.ts';
import type { LogFilter } from '../shell/route.ts';
import { isTyping } from '../shell/shortcuts.tsx';
import { text } from '../texts/text.ts';
import { askedMessage, openMessage, useIsAsked } from './asked-log.ts';
import { MessageRow } from './message-row.tsx';
import { logTable, TableHead } from './message-table.tsx';
import { useModemNames } from './modem-names.ts';
import styles from './virtual-table.module.css';

export const rowsOnPage = 100;
/** Browsers cannot scroll through more pixels than this many rows have. What is older is found by its days. */
const mostRows = 800_000;
const wideRow = 36;
const narrowRow = 57;
const headHeight = 30;

interface VirtualTableProps {
  readonly first: Page<Message>;
  readonly filter: LogFilter;
}

/** A table of which only the rows in sight exist, read from the gateway a page at a time. */
export const VirtualTable = memo(function VirtualTable({ first, filter }: VirtualTableProps) {
  const frame = useRef<HTMLElement>(null);
  const isNarrow = useMediaQuery('(max-width: 760px)') ?? false;
  const rowHeight = isNarrow ? narrowRow : wideRow;
  const count = Math.min(first.meta.total, mostRows);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // rows follow in the next frame instead of holding up this one
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every row is as high as `rowHeight` says
  useLayoutEffect(() => rows.measure(), [rowHeight]);
  useSteadyScroll(frame, count, rowHeight);
  const nameOf = useModemNames();
  const items = rows.getVirtualItems();
  const messageAt = useMessages(first, filter, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  useMoves(messageAt, count, (index) => reveal(frame.current, index, rowHeight));
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={frame} className={styles.frame} tabIndex={0} aria-label={text('log.caption')}>
        <table className={logTable} aria-rowcount={first.meta.total + 1}>
          {head}
          <tbody>
            <Gap height={before} />
            {items.map(({ index }) => {
              const message = messageAt(index);
              return message ? (
                <OpeningRow key={message.message_id} message={message} modem={nameOf(message)} />
              ) : (
                <RowToCome key={index} height={rowHeight} />
              );
            })}
            <Gap height={after} />
          </tbody>
        </table>
      </section>
      <Foot total={first.meta.total} />
    </>
  );
});

/** A row that leads to its message, and shows at once that it was pressed. */
const OpeningRow = memo(function OpeningRow({ message, modem }: OpeningRowProps) {
  const isOpen = useIsAsked(message.message_id);
  return <MessageRow message={message} modem={modem} isOpen={isOpen} onOpen={openMessage} />;
});

interface OpeningRowProps {
  readonly message: Message;
  readonly modem: string | undefined;
}

const Foot = memo(function Foot({ total }: { readonly total: number }) {
  return (
    <footer className={styles.foot}>
      <span>{text('paging.total', { count: total })}</span>
      {total > mostRows && <span>{text('log.too_many', { most: mostRows })}</span>}
      <span className={styles.keys}>
        <kbd>J</kbd> <kbd>K</kbd> {text('log.move')} <kbd>Esc</kbd> {text('log.close')}
      </span>
    </footer>
  );
});

/** It never changes: the very same element, which React leaves alone. */
const head = <TableHead />;

function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr className={styles.gap}>
      <td style={{ height }} colSpan={8} />
    </tr>
  );
}

function RowToCome({ height }: { readonly height: number }) {
  return (
    <tr className={styles.coming}>
      <td style={{ height }} colSpan={8}>
        <span className={styles.stub} />
      </td>
    </tr>
  );
}

/** The messages of the pages that are in sight; undefined for one that is not read yet. */
function useMessages(first: Page<Message>, filter: LogFilter, from: number, to: number) {
  const firstPage = Math.floor(from / rowsOnPage) + 1;
  const lastPage = Math.floor(to / rowsOnPage) + 1;
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, place) => firstPage + place);
  const pages = useQueries({
    queries: numbers.map((page) => logQuery({ page, perPage: rowsOnPage, filter })),
  });
  return (index: number): Message | undefined => {
    const number = Math.floor(index / rowsOnPage) + 1;
    const page = number === 1 ? first : pages[number - firstPage]?.data;
    return page?.data[index % rowsOnPage];
  };
}

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

/** J and K go from the open message to the next and the one before, Esc closes it. */
function useMoves(
  messageAt: (index: number) => Message | undefined,
  count: number,
  show: (index: number) => void,
): void {
  const opened = useRef(-1);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const open = askedMessage();
      if (event.key === 'Escape' && open) return openMessage(undefined);
      if (event.key !== 'j' && event.key !== 'k') return;
      const now = open === undefined ? -1 : placeOf(messageAt, open, opened.current, count);
      const next = Math.min(Math.max(now + (event.key === 'j' ? 1 : -1), 0), count - 1);
      const message = messageAt(next);
      if (!message) return;
      opened.current = next;
      show(next);
      openMessage(message.message_id);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}

/** Scrolls as little as it takes until a row is wholly in sight; the head of the table lies over the first of them. */
function reveal(frame: HTMLElement | null, index: number, rowHeight: number): void {
  if (!frame) return;
  const top = index * rowHeight;
  const most = top + rowHeight + headHeight - frame.clientHeight;
  if (frame.scrollTop > top) frame.scrollTop = top;
  else if (frame.scrollTop < most) frame.scrollTop = most;
}

/** Where a message stands now: near where it stood, as others may have come in above it. */
function placeOf(
  messageAt: (index: number) => Message | undefined,
  id: string,
  near: number,
  count: number,
): number {
  for (let distance = 0; distance <= rowsOnPage; distance++) {
    for (const index of [near + distance, near - distance]) {
      if (index >= 0 && index < count && messageAt(index)?.message_id === id) return index;
    }
  }
  return near;
}
