import { z } from 'zod';
import { eventType, eventTypes } from './event.ts';
import { timestamp } from './message.ts';
import { pageQuery } from './message-query.ts';

const url = z
  .string()
  .max(2_000, 'must be at most 2000 characters')
  .regex(/^https?:\/\/[^\s/?#]/i, 'must begin with https:// or http://');
const label = z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters');
const events = z
  .array(eventType)
  .min(1, 'must name at least one type of event')
  .max(eventTypes.length, `must name at most ${eventTypes.length} types of events`)
  .refine((types) => new Set(types).size === types.length, 'must name each type once');

/** What `POST /v1/webhooks` takes. */
export const newWebhook = z.strictObject({ url, label, events }).meta({ id: 'NewWebhook' });
export type NewWebhook = z.infer<typeof newWebhook>;

/** What `PATCH /v1/webhooks/{id}` takes: what is named is changed, all else stays. */
export const webhookChange = z
  .strictObject({
    url,
    label,
    events,
    rotate_secret: z.literal(true),
  })
  .partial()
  .meta({ id: 'WebhookChange' });
export type WebhookChange = z.infer<typeof webhookChange>;

/** A webhook as it is listed: never its secret. */
export const webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    label: z.string(),
    events: z.array(eventType),
    /** Until when the secret before the present one signs too. */
    previous_secret_until: timestamp.nullable(),
    /** Deliveries that wait, those that are tried again among them. */
    waiting: z.int(),
    /** Deliveries in the last days that were given up. */
    given_up: z.int(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhook>;

/** A webhook with the secret that signs to it, which is shown this once. */
export const webhookWithSecret = webhook.extend({ secret: z.string() }).meta({ id: 'WebhookWithSecret' });
/** What a change answers: with the secret where that was changed. */
export const changedWebhook = webhook
  .extend({ secret: z.string().optional() })
  .meta({ id: 'ChangedWebhook' });

export const deliveryStates = ['waiting', 'delivered', 'given_up'] as const;
export const deliveryState = z.enum(deliveryStates).meta({ id: 'DeliveryState' });
export type DeliveryState = z.infer<typeof deliveryState>;

/** Which deliveries of a webhook are wanted. */
export const deliveryQuery = pageQuery
  .extend({ status: deliveryState.optional() })
  .meta({ id: 'DeliveryQuery' });
export type DeliveryQuery = z.infer<typeof deliveryQuery>;

/** One attempt: the HTTP status and the first 1,000 characters of the answer, or why there was none. */
export const deliveryAttempt = z
  .object({
    at: timestamp,
    duration_ms: z.int(),
    status: z.int().nullable(),
    response: z.string(),
    error: z.string().nullable(),
  })
  .meta({ id: 'DeliveryAttempt' });

/** One event on its way to one webhook. */
export const delivery = z
  .object({
    id: z.string(),
    webhook_id: z.string(),
    event_id: z.string(),
    event_type: eventType,
    status: deliveryState,
    created_at: timestamp,
    /** When it is tried next, while it waits. */
    next_attempt_at: timestamp.nullable(),
    ended_at: timestamp.nullable(),
    /** The delivery whose event this one brings again. */
    redelivery_of: z.string().nullable(),
    test: z.boolean(),
    /** The body of the request, octet for octet. */
    body: z.string(),
    attempts: z.array(deliveryAttempt),
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.infer<typeof delivery>;
