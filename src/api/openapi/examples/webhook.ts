import type { DeliveryView, NewWebhook, WebhookView } from '../../../contract/webhook.ts';

export const newWebhookExample: NewWebhook = {
  url: 'https://example.com/texts',
  label: 'Till',
  events: ['sms.received', 'sms.failed'],
};

export const webhookExample: WebhookView = {
  ...newWebhookExample,
  id: 'q7Lw2mTz9VbRk4Xd',
  previous_secret_until: null,
  waiting: 0,
  given_up: 0,
  created_at: '2026-06-08T13:30:06Z',
  updated_at: '2026-06-08T13:30:06Z',
};

export const webhookSecretExample = `whsec_${'x'.repeat(40)}`;

export const deliveryExample: DeliveryView = {
  id: 'Zt5bXk20aPq1Yw5c2mTq',
  webhook_id: webhookExample.id,
  event_id: '01JX7Q2M3N4P5R6S7T8V9W0X1Y',
  event_type: 'sms.received',
  status: 'delivered',
  created_at: '2026-06-08T13:30:11Z',
  next_attempt_at: null,
  ended_at: '2026-06-08T13:30:11Z',
  redelivery_of: null,
  test: false,
  body: '{"event_id":"01JX7Q2M3N4P5R6S7T8V9W0X1Y","event_type":"sms.received","data":{}}',
  attempts: [{ at: '2026-06-08T13:30:11Z', duration_ms: 14, status: 200, response: 'ok', error: null }],
};

export const waitingDeliveryExample: DeliveryView = {
  ...deliveryExample,
  id: 'Yw5c2mTq8VbRZt5bXk20',
  status: 'waiting',
  next_attempt_at: '2026-06-08T13:30:11Z',
  ended_at: null,
  redelivery_of: deliveryExample.id,
  attempts: [],
};
