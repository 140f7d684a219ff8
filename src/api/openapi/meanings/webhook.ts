import type { z } from 'zod';
import type {
  DeliveryQuery,
  DeliveryView,
  deliveryAttempt,
  NewWebhook,
  WebhookChange,
  WebhookView,
} from '../../../contract/webhook.ts';
import type { Meanings } from './meanings.ts';

const events = 'Which types of events it is sent.';
const secret = 'What its requests are signed with. It is shown this once.';

const shown: Meanings<WebhookView> = {
  id: 'Names the webhook.',
  url: 'Where events are sent.',
  label: 'What people know it by.',
  events,
  previous_secret_until: 'Until when the secret before the present one signs too, or null.',
  waiting: 'How many deliveries wait, those that are tried again among them.',
  given_up: 'How many of the last days were given up.',
  created_at: 'When it was made.',
  updated_at: 'When it was changed last.',
};

export const webhookMeanings = {
  NewWebhook: {
    url: '`https`, or `http` to loopback and private addresses. Redirects are not followed.',
    label: 'What people will know it by.',
    events,
  } satisfies Meanings<NewWebhook>,
  WebhookChange: {
    url: '`https`, or `http` to loopback and private addresses. Redirects are not followed.',
    label: 'What people will know it by.',
    events,
    rotate_secret:
      'Makes a new secret, which the answer shows. For 24 hours the old one signs too, in `X-ReachCell-Signature-Previous`.',
  } satisfies Meanings<WebhookChange>,
  Webhook: shown,
  WebhookWithSecret: { ...shown, secret },
  ChangedWebhook: { ...shown, secret: `Where it was changed: ${secret}` },
  Delivery: {
    id: 'Names the delivery.',
    webhook_id: 'The webhook that it is for.',
    event_id: 'Names the event: the same in every delivery of it.',
    event_type: 'The type of the event.',
    status:
      '`waiting` for its first or next attempt; `delivered`: a 2xx came; `given_up`: the last attempt failed, or a 410 came.',
    created_at: 'When the event happened, or when it was asked for again.',
    next_attempt_at: 'When it is tried next, while it waits.',
    ended_at: 'When it was delivered or given up, or null.',
    redelivery_of: 'The delivery whose event it brings again, or null.',
    test: 'Whether its event did not happen: `POST /v1/webhooks/{id}/test` made it.',
    body: 'The body of the request, octet for octet as it is signed.',
    attempts: 'Each attempt.',
  } satisfies Meanings<DeliveryView>,
  DeliveryAttempt: {
    at: 'When it was made.',
    duration_ms: 'How long it took.',
    status: 'The HTTP status of the answer; null where none came.',
    response: 'The first 1,000 characters of the answer.',
    error: 'Why no answer came, or why it does not count; else null.',
  } satisfies Meanings<z.infer<typeof deliveryAttempt>>,
  DeliveryQuery: {
    status: 'Only those that stand so.',
    page: 'Which page, 1 being the first.',
    per_page: 'How many stand on a page, at most 100.',
  } satisfies Meanings<DeliveryQuery>,
};
