import { useEffect, useRef } from 'react';
import { isTyping } from '../shell/shortcuts.tsx';
import { askedMessage, openMessage } from './asked-log.ts';
import { type MessageAt, placeOf } from './log-pages.ts';

/** J and K go from the open message to the next and the one before, Esc closes it. `top`: the first row that is drawn. */
export function useMoves(
  messageAt: MessageAt,
  top: number,
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
      const now = open === undefined ? -1 : placeOf(messageAt, open, [opened.current, top]);
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
