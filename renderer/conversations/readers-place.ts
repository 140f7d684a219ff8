import { type UIEvent, useLayoutEffect, useRef } from 'react';
import type { Message } from '../../src/contract/message.ts';

/** Pixels: so near is at the end. */
const nearEnd = 24;

/**
 * Whoever is at the newest message is led to the next; whoever reads further up keeps what is before the eyes, also where
 * earlier messages come in above it. `lead` is for who has written something: the newest is what they want to see.
 */
export function useReadersPlace(messages: readonly Message[]) {
  const ref = useRef<HTMLElement>(null);
  const toEnd = useRef(0);
  const first = messages[0]?.message_id;
  const last = messages.at(-1)?.message_id;
  const lastBefore = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes in above or below is what moves the rest
  useLayoutEffect(() => {
    const isNew = lastBefore.current !== last;
    lastBefore.current = last;
    const place = ref.current;
    if (!place) return;
    if (toEnd.current < nearEnd) place.scrollTop = place.scrollHeight;
    else if (!isNew) place.scrollTop = place.scrollHeight - place.clientHeight - toEnd.current;
  }, [first, last]);
  const onScroll = ({ currentTarget: place }: UIEvent<HTMLElement>) => {
    toEnd.current = place.scrollHeight - place.clientHeight - place.scrollTop;
  };
  const lead = () => ref.current?.scrollTo({ top: ref.current.scrollHeight });
  return { place: { ref, onScroll }, lead };
}
