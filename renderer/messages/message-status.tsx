import {
  ArrowDownLeft,
  Check,
  CheckCheck,
  CircleArrowUp,
  CircleX,
  Clock,
  type LucideIcon,
} from 'lucide-react';
import type { MessageStatus as Status } from '../../src/contract/message.ts';
import { StatusWord } from '../elements/status-word.tsx';
import { text } from '../texts/text.ts';

const icons: Readonly<Record<Status, LucideIcon>> = {
  queued: Clock,
  dispatched: CircleArrowUp,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleX,
  received: ArrowDownLeft,
};

/** The status of a message. */
export function MessageStatus({ status }: { readonly status: Status }) {
  return <StatusWord icon={icons[status]} hue={status} word={text(`status.${status}`)} />;
}
