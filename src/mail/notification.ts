import type { AttentionNotice } from '../contract/event.ts';
import { e164 } from '../contract/phone-number.ts';

/** What of an event stands in a mail. */
export interface Notification {
  readonly subject: string;
  readonly text: string;
  /** Where an answer becomes a text; undefined where none can. */
  readonly replyTo: string | undefined;
}

interface Received {
  readonly from: string | null;
  readonly to: string | null;
  readonly body: string;
}

/**
 * The mail that tells of an event.
 *
 * @param domain of the gateway's own mail listener; undefined where it does not listen
 */
export function notificationOf(type: string, data: unknown, domain: string | undefined): Notification {
  return type === 'sms.received' ? received(data as Received, domain) : attention(data as AttentionNotice);
}

function received({ from, to, body }: Received, domain: string | undefined): Notification {
  const answerable = domain !== undefined && e164.safeParse(from).success;
  return {
    subject: `Text from ${oneLine(from ?? 'an unknown number')} to ${to ?? 'this gateway'}`,
    text: body,
    replyTo: answerable ? `${from}@${domain}` : undefined,
  };
}

function attention(notice: AttentionNotice): Notification {
  const { problem, port, number } = notice;
  const lines = [problem.message, '', `Modem: ${notice.modem_id} on ${port}`, `Number: ${number ?? 'none'}`];
  return { subject: `Postern: ${oneLine(problem.message)}`, text: lines.join('\n'), replyTo: undefined };
}

/** What goes into a header: a sender may be a name that holds anything. */
function oneLine(text: string): string {
  return text.replace(/\p{C}+/gu, ' ').slice(0, 200);
}
