import { z } from 'zod';
import { codePointCount, longestBody } from './body-length.ts';
import { inboundParticulars } from './inbound-kind.ts';
import { e164, recipient } from './phone-number.ts';

export { codePointCount, longestBody } from './body-length.ts';
export { type FailureWord, failureWords } from './failure-words.ts';
export { formatTimestamp } from './timestamp.ts';

export const messageStatuses = ['queued', 'dispatched', 'sent', 'delivered', 'failed', 'received'] as const;
export const messageDirections = ['outbound', 'inbound'] as const;
export const messageEncodings = ['gsm7', 'ucs2', 'binary'] as const;

export const messageStatus = z.enum(messageStatuses).meta({ id: 'MessageStatus' });
export const messageDirection = z.enum(messageDirections).meta({ id: 'MessageDirection' });
export const messageEncoding = z.enum(messageEncodings).meta({ id: 'MessageEncoding' });

export type MessageStatus = z.infer<typeof messageStatus>;
export type MessageDirection = z.infer<typeof messageDirection>;
export type MessageEncoding = z.infer<typeof messageEncoding>;

/** How long a text stays worth sending when its sender does not say: three days, in seconds. */
export const defaultValiditySeconds = 259_200;

/** A moment in UTC, to the whole second: `2026-06-08T13:30:06Z`. */
export const timestamp = z.iso.datetime().meta({ id: 'Timestamp', example: '2026-06-08T13:30:06Z' });

const wellFormed = z
  .string()
  .refine((text) => text.isWellFormed(), 'holds half of a surrogate pair, which is not a character');

const body = wellFormed
  .min(1, 'must not be empty')
  .refine((text) => codePointCount(text) <= longestBody, `must be at most ${longestBody} characters`)
  .meta({ maxLength: longestBody });

/** What `POST /v1/sms/send` takes. Unknown fields are refused by name, so that a typing mistake is not ignored. */
export const sendRequest = z
  .strictObject({
    from: e164,
    to: recipient,
    body,
    scheduled_at: z.iso.datetime({ offset: true }).optional(),
    validity_seconds: z.int().min(300).max(604_800).optional(),
    priority: z.int().min(0).max(9).optional(),
    flash: z.boolean().optional(),
    client_reference: wellFormed.max(128).optional(),
  })
  .meta({ id: 'SendRequest' });
export type SendRequest = z.infer<typeof sendRequest>;

/** The answer to `POST /v1/sms/send`. */
export const acceptedMessage = z
  .object({
    message_id: z.uuid(),
    from: e164,
    to: recipient,
    body: z.string(),
    status: z.enum(['dispatched', 'queued']),
    created_at: timestamp,
    client_reference: z.string().optional(),
  })
  .meta({ id: 'AcceptedMessage' });
export type AcceptedMessage = z.infer<typeof acceptedMessage>;

/** A message as `GET /v1/sms/{message_id}` shows it. */
export const message = z
  .object({
    message_id: z.uuid(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    body: z.string(),
    direction: messageDirection,
    segment_count: z.int(),
    status: messageStatus,
    failure_reason: z.string().nullable(),
    sent_at: timestamp.nullable(),
    delivered_at: timestamp.nullable(),
    cost_usd: z.number().nullable(),
    created_at: timestamp,
    client_reference: z.string().nullable(),
    encoding: messageEncoding,
    complete: z.boolean().optional(),
    ...inboundParticulars.shape,
    /** The message whose text this one sends again. */
    resend_of: z.uuid().optional(),
    /** When a person had text and number taken out. */
    erased_at: timestamp.optional(),
    /** When its text was taken out because it was old; all else stays. */
    redacted_at: timestamp.optional(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof message>;
