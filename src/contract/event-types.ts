/** Events that are kept, can be subscribed to and resumed: the same for webhooks and for `GET /v1/events`. */
export const eventTypes = [
  'sms.received',
  'sms.sent',
  'sms.delivered',
  'sms.failed',
  'call.incoming',
  'call.missed',
  'modem.online',
  'modem.offline',
  'modem.attention',
] as const;
export type EventType = (typeof eventTypes)[number];
