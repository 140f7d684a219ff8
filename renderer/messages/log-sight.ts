import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { Rows } from './log-window.ts';

export interface Sight {
  readonly rows: Rows;
  /** Looks at once where the frame stands: who has moved it draws what came in sight in the same frame of the screen. */
  readonly look: () => void;
}

/**
 * The rows of a log in sight, in a frame that scrolls. All are `rowHeight` pixels high and none is measured: who keeps
 * a place for each of a million takes 200 ms for it, whenever another comes in.
 */
export function useSight(frame: RefObject<HTMLElement | null>, rowHeight: number, count: number): Sight {
  const [sight, setSight] = useState(() => rowsAt(0, window.innerHeight, rowHeight));
  const look = useCallback(() => {
    const place = frame.current;
    if (!place) return;
    const seen = rowsAt(place.scrollTop, place.clientHeight, rowHeight);
    setSight((before) => (before.from === seen.from && before.to === seen.to ? before : seen));
  }, [frame, rowHeight]);
  useEffect(() => {
    const place = frame.current;
    if (!place) return;
    // tells the height first, when the browser has laid out anyway
    const resized = new ResizeObserver(look);
    resized.observe(place);
    place.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      place.removeEventListener('scroll', look);
    };
  }, [frame, look]);
  return { rows: within(sight, count), look };
}

/** What begins `top` pixels down and is `height` high, however little of a row it shows. */
export function rowsAt(top: number, height: number, rowHeight: number): Rows {
  const from = Math.max(0, Math.floor(top / rowHeight));
  return { from, to: Math.max(from, Math.ceil((top + height) / rowHeight) - 1) };
}

function within({ from, to }: Rows, count: number): Rows {
  const last = Math.max(count - 1, 0);
  return { from: Math.min(from, last), to: Math.min(to, last) };
}
