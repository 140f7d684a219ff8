import type { AcceptedMessage, Message, SendRequest } from '../../../contract/message.ts';

const messageId = '2a583efc-0c41-47b5-a1fe-885fc7ec2720';
const body = 'Your verification code is 482910';

export const sendRequestExample: SendRequest = { from: '+14155552671', to: '+14155553000', body };

export const acceptedMessageExample: AcceptedMessage = {
  message_id: messageId,
  from: '+14155552671',
  to: '+14155553000',
  body,
  status: 'dispatched',
  created_at: '2026-06-08T13:30:06Z',
};

export const messageExample: Message = {
  message_id: messageId,
  from: '+14155552671',
  to: '+14155553000',
  body,
  direction: 'outbound',
  segment_count: 1,
  status: 'delivered',
  failure_reason: null,
  sent_at: '2026-06-08T13:30:08Z',
  delivered_at: '2026-06-08T13:30:11Z',
  cost_usd: null,
  created_at: '2026-06-08T13:30:06Z',
  client_reference: null,
  encoding: 'gsm7',
};

export const cancelledMessageExample: Message = {
  ...messageExample,
  status: 'failed',
  failure_reason: 'cancelled: the text was cancelled before any part of it left',
  sent_at: null,
  delivered_at: null,
};

export const erasedMessageExample: Message = {
  ...messageExample,
  to: null,
  body: '',
  erased_at: '2026-06-09T08:00:00Z',
};
