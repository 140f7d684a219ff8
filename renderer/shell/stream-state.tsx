import { CircleCheck, LoaderCircle, Unplug } from 'lucide-react';
import { StatusWord } from '../elements/status-word.tsx';
import type { Connection } from '../live/event-stream.ts';
import { useConnection } from '../live/live.tsx';
import { text } from '../texts/text.ts';

const looks = {
  connecting: { icon: LoaderCircle, hue: 'plain' },
  live: { icon: CircleCheck, hue: 'delivered' },
  lost: { icon: Unplug, hue: 'attention' },
} as const satisfies Record<Connection, unknown>;

/** Whether the page is live, in one word. */
export function StreamState() {
  const connection = useConnection();
  return <StatusWord {...looks[connection]} word={text(`stream.${connection}`)} />;
}
