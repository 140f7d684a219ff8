import type { EventType } from '../../src/contract/event.ts';
import { numberGroups } from '../elements/number-groups.ts';
import { toast } from '../elements/toasts.tsx';
import { text } from '../texts/text.ts';

/** The kept events that a person is told of while the page is open. */
export const toldEvents = ['sms.received', 'modem.attention'] as const satisfies readonly EventType[];

/** What a page needs of such an event. */
export interface Notice {
  readonly tone: 'received' | 'attention';
  readonly title: string;
  readonly body: string;
  /** What the system knows it by: each tab tells it, and it is shown once. */
  readonly tag?: string;
}

/** An event as it stands on the stream, in words; undefined for what is none of those told, or cannot be read. */
export function noticeOf(data: string): Notice | undefined {
  const event = parsed(data);
  const { event_type: type, data: told } = event ?? {};
  const tag = typeof event?.event_id === 'string' ? { tag: event.event_id } : {};
  if (type === 'sms.received' && isRecord(told)) {
    const from = typeof told.from === 'string' ? numberGroups(told.from).join(' ') : text('log.no_number');
    return {
      tone: 'received',
      title: text('notice.received', { from }),
      body: String(told.body ?? ''),
      ...tag,
    };
  }
  if (type === 'modem.attention' && isRecord(told) && isRecord(told.problem)) {
    return {
      tone: 'attention',
      title: text('notice.attention'),
      body: String(told.problem.message ?? ''),
      ...tag,
    };
  }
  return undefined;
}

/** Tells it in the page, and by the system while nobody looks at the page and it is allowed. */
export function tell(notice: Notice): void {
  const { tone, title, body, tag } = notice;
  toast({ tone, title, body });
  if (document.visibilityState !== 'hidden' || !('Notification' in window)) return;
  if (Notification.permission === 'granted') new Notification(title, { body, ...(tag && { tag }) });
}

function parsed(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
