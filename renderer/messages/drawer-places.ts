import { useEffect, useLayoutEffect, useRef } from 'react';
import { afterPaint } from '../shell/after-paint.ts';

/** Another message is read from its beginning. Nobody asks the browser for a place that nobody has left: it would lay all out. */
export function useBeginning(id: string | undefined) {
  const place = useRef<HTMLElement>(null);
  const isLeft = useRef(false);
  const last = useRef(id);
  useLayoutEffect(() => {
    if (last.current !== id && isLeft.current) place.current?.scrollTo({ top: 0 });
    last.current = id;
  }, [id]);
  const onScroll = () => {
    isLeft.current = (place.current?.scrollTop ?? 0) > 0;
  };
  return { ref: place, onScroll };
}

/** Whoever was in the drawer when it closed is back at the row that it was opened from. */
export function useWayBack(id: string): void {
  const last = useRef(id);
  useEffect(() => {
    last.current = id;
  }, [id]);
  useEffect(
    () => () => {
      // whoever is given the focus is laid out at once, and all around it
      if (document.activeElement === document.body) afterPaint(() => focusRow(last.current));
    },
    [],
  );
}

function focusRow(id: string): void {
  if (document.activeElement !== document.body) return;
  const row = `tr[data-message="${CSS.escape(id)}"] button`;
  document.querySelector<HTMLElement>(row)?.focus({ preventScroll: true });
}
