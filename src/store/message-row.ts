import type { InboundParticulars, MessageKind } from '../contract/inbound-kind.ts';
import type { Message, MessageDirection, MessageEncoding, MessageStatus } from '../contract/message.ts';
import { formatTimestamp } from '../contract/timestamp.ts';

/** The columns of `messages` that a message is shown from. */
export const messageColumns = `message_id, direction, status, from_number, to_number, body, encoding,
  segment_count, complete, failure_reason, sent_at, delivered_at, cost_usd, created_at, client_reference,
  resend_of, erased_at, kind, raw_from, indication, replaces, replaced_by, blocked, redacted_at`;

/** One row of those columns. Times are milliseconds since 1970. */
export interface MessageRow {
  readonly message_id: string;
  readonly direction: MessageDirection;
  readonly status: MessageStatus;
  readonly from_number: string | null;
  readonly to_number: string | null;
  readonly body: string;
  readonly encoding: MessageEncoding;
  readonly segment_count: number;
  readonly complete: number;
  readonly failure_reason: string | null;
  readonly sent_at: number | null;
  readonly delivered_at: number | null;
  readonly cost_usd: number | null;
  readonly created_at: number;
  readonly client_reference: string | null;
  /** The message whose text this one sends again. */
  readonly resend_of: string | null;
  /** When text and number were taken out. */
  readonly erased_at: number | null;
  readonly kind: MessageKind;
  /** The sender as it came, where `from_number` is more. */
  readonly raw_from: string | null;
  /** `waiting` and `ports` as they are shown, in JSON. */
  readonly indication: string | null;
  readonly replaces: string | null;
  readonly replaced_by: string | null;
  readonly blocked: number;
  /** When its text was taken out because it was old. */
  readonly redacted_at: number | null;
}

/** A stored message as the API, the event stream and webhooks show it. */
export function toMessage(row: MessageRow): Message {
  return {
    message_id: row.message_id,
    from: row.from_number,
    to: row.to_number,
    body: row.body,
    direction: row.direction,
    segment_count: row.segment_count,
    status: row.status,
    failure_reason: row.failure_reason,
    sent_at: orNull(row.sent_at),
    delivered_at: orNull(row.delivered_at),
    cost_usd: row.cost_usd,
    created_at: formatTimestamp(row.created_at),
    client_reference: row.client_reference,
    encoding: row.encoding,
    ...(row.resend_of === null ? {} : { resend_of: row.resend_of }),
    ...(row.erased_at === null ? {} : { erased_at: formatTimestamp(row.erased_at) }),
    ...(row.redacted_at === null ? {} : { redacted_at: formatTimestamp(row.redacted_at) }),
    ...(row.direction === 'inbound' ? { complete: row.complete === 1, ...particularsOf(row) } : {}),
  };
}

function particularsOf(row: MessageRow): InboundParticulars {
  return {
    kind: row.kind,
    ...(row.raw_from === null ? {} : { raw_from: row.raw_from }),
    ...(row.blocked === 1 ? { blocked: true } : {}),
    ...(row.indication === null ? {} : (JSON.parse(row.indication) as InboundParticulars)),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...(row.replaced_by === null ? {} : { replaced_by: row.replaced_by }),
  };
}

function orNull(epochMs: number | null): string | null {
  return epochMs === null ? null : formatTimestamp(epochMs);
}
