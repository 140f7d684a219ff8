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
}

/** An event as it stands on the stream, in words; undefined for what is none of those told, or cannot be read. */
export function noticeOf(data: string): Notice | undefined {
  const event = parsed(data);
  const { event_type: type, data: told } = event ?? {};
  if (type === 'sms.received' && isRecord(told)) {
    const from = typeof told.from === 'string' ? numberGroups(told.from).join(' ') : text('log.no_number');
    return { tone: 'received', title: text('notice.received', { from }), body: String(told.body ?? '') };
  }
  if (type === 'modem.attention' && isRecord(told) && isRecord(told.problem)) {
    return { tone: 'attention', title: text('notice.attention'), body: String(told.problem.message ?? '') };
  }
  return undefined;
}

/** Tells it in the page, and by the system while nobody looks at the page and it is allowed. */
export function tell(notice: Notice): void {
  toast(notice);
  if (document.visibilityState !== 'hidden' || !('Notification' in window)) return;
  if (Notification.permission === 'granted') new Notification(notice.title, { body: notice.body });
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
